package cache

import (
	"errors"
	"fmt"

	"go.etcd.io/bbolt"
)

// check reads everything once: the form of every page, the seal of every value, and that rows and lists
// name each other.
func check(tx *bbolt.Tx) error {
	if err := tx.ForEach(walk); err != nil {
		return err
	}
	accounts := tx.Bucket(accountsBucket)
	if accounts == nil {
		return nil
	}
	return accounts.ForEach(func(key, _ []byte) error {
		b := accounts.Bucket(key)
		if b == nil {
			return damaged(errors.New("an account is no bucket"))
		}
		return room{b}.check()
	})
}

func walk(_ []byte, b *bbolt.Bucket) error {
	return b.ForEach(func(k, v []byte) error {
		if v == nil {
			return walk(k, b.Bucket(k))
		}
		return nil
	})
}

func (r room) check() error {
	for _, name := range accountBuckets {
		if r.in(name) == nil {
			return damaged(fmt.Errorf("the bucket %s is missing", name))
		}
	}
	for _, name := range [][]byte{itemsBucket, truthBucket, queueBucket, threadsBucket, picturesBucket, stateBucket, toastsBucket, peopleBucket} {
		err := r.in(name).ForEach(func(_, sealed []byte) error {
			_, err := unseal(sealed)
			return err
		})
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return r.checkLists()
}

// checkLists looks at keys alone: reading every row would make a start with a large inbox slow.
func (r room) checkLists() error {
	items, open := r.in(itemsBucket), r.in(openBucket)
	listed, rows := 0, 0
	for _, list := range []*bbolt.Bucket{open, r.in(doneBucket)} {
		err := list.ForEach(func(place, _ []byte) error {
			if len(place) <= 8 || items.Get([]byte(idOf(place))) == nil {
				return damaged(errors.New("a list names a row that is not there"))
			}
			listed++
			return nil
		})
		if err != nil {
			return err
		}
	}
	err := r.in(unreadBucket).ForEach(func(place, _ []byte) error {
		if open.Get(place) == nil {
			return damaged(errors.New("an unread row is not in the open list"))
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := items.ForEach(func(_, _ []byte) error { rows++; return nil }); err != nil {
		return err
	}
	if rows != listed {
		return damaged(fmt.Errorf("%d rows, %d of them listed", rows, listed))
	}
	return nil
}
