package cache

import (
	"encoding/json"
	"fmt"

	"go.etcd.io/bbolt"

	"github.com/callboard/callboard/backend/domain"
)

// The buckets of an account.
var (
	itemsBucket        = []byte("items")        // id → row, with what was done here applied
	truthBucket        = []byte("truth")        // id → row as the server has it, where an action waits
	openBucket         = []byte("open")         // order → snooze: rows that are not done, newest first
	unreadBucket       = []byte("unread")       // order → snooze: rows neither read nor done
	doneBucket         = []byte("done")         // order → snooze: rows that are done
	queueBucket        = []byte("queue")        // number → action
	threadsBucket      = []byte("threads")      // id of the first note → thread
	threadsAgesBucket  = []byte("threadsages")  // number → id of the first note, oldest first
	threadOfBucket     = []byte("threadof")     // note id → id of the first note of its thread
	picturesBucket     = []byte("pictures")     // name → picture
	picturesAgesBucket = []byte("picturesages") // number → name of a picture, oldest first
	stateBucket        = []byte("state")        // position, when it was last equal, the account's choices
	toastsBucket       = []byte("toasts")       // id → what became of the row's toast
	heldBucket         = []byte("held")         // id: rows whose toasts wait for one summary
	peopleBucket       = []byte("people")       // id → how somebody looks now
)

var accountBuckets = [][]byte{
	itemsBucket, truthBucket, openBucket, unreadBucket, doneBucket, queueBucket,
	threadsBucket, threadsAgesBucket, threadOfBucket, picturesBucket, picturesAgesBucket, stateBucket,
	toastsBucket, heldBucket, peopleBucket,
}

// Account is what is kept for one membership in one workspace. Its methods may be called at once from
// several goroutines.
type Account struct {
	cache *Cache
	key   []byte
}

// Account gives the room of an account; it is made with the first thing kept in it.
func (c *Cache) Account(key string) *Account { return &Account{cache: c, key: []byte(key)} }

// view reads; an account of which nothing is kept yet reads as empty.
func (a *Account) view(do func(room) error) error {
	return a.cache.view(func(tx *bbolt.Tx) error {
		b := tx.Bucket(accountsBucket).Bucket(a.key)
		if b == nil {
			return nil
		}
		return do(room{b})
	})
}

func (a *Account) update(do func(room) error) error {
	return a.cache.update(func(tx *bbolt.Tx) error {
		b, err := tx.Bucket(accountsBucket).CreateBucketIfNotExists(a.key)
		if err != nil {
			return err
		}
		if err := (room{b}).furnish(); err != nil {
			return err
		}
		return do(room{b})
	})
}

// room is an account's bucket within a transaction.
type room struct{ b *bbolt.Bucket }

// furnish makes the buckets that an account lacks.
func (r room) furnish() error {
	for _, name := range accountBuckets {
		if _, err := r.b.CreateBucketIfNotExists(name); err != nil {
			return err
		}
	}
	return nil
}

func (r room) in(name []byte) *bbolt.Bucket { return r.b.Bucket(name) }

// get reads a JSON value; ok is false where there is none.
func get[T any](b *bbolt.Bucket, key []byte) (value T, ok bool, err error) {
	sealed := b.Get(key)
	if sealed == nil {
		return value, false, nil
	}
	text, err := unseal(sealed)
	if err != nil {
		return value, false, err
	}
	if err := json.Unmarshal(text, &value); err != nil {
		return value, false, unreadable(err)
	}
	return value, true, nil
}

// unreadable is the error of a value that cannot be decoded.
func unreadable(err error) error {
	return &domain.Error{
		Code: domain.Internal, Message: "the cache holds something unreadable", Err: fmt.Errorf("%w: %w", errDamaged, err),
	}
}

func put(b *bbolt.Bucket, key []byte, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("write to the cache: %w", err)
	}
	return b.Put(key, seal(text))
}
