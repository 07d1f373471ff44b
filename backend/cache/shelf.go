package cache

import (
	"bytes"
	"encoding/binary"

	"go.etcd.io/bbolt"
)

// shelf is room for a bounded number of things: beyond most the one put there first falls off.
type shelf struct {
	things *bbolt.Bucket // name → thing
	ages   *bbolt.Bucket // number → name, without gaps: only the lowest number is ever taken away
	most   uint64
}

// put keeps a thing under its name. fallen are the things that fell off for it.
func (s shelf) put(name, thing []byte) (fallen [][]byte, err error) {
	if s.things.Get(name) != nil {
		return nil, s.things.Put(name, seal(thing))
	}
	newest, err := s.ages.NextSequence()
	if err != nil {
		return nil, err
	}
	if err := s.ages.Put(number(newest), name); err != nil {
		return nil, err
	}
	if err := s.things.Put(name, seal(thing)); err != nil {
		return nil, err
	}
	for {
		age, oldest := s.ages.Cursor().First()
		if newest-binary.BigEndian.Uint64(age) < s.most {
			return fallen, nil
		}
		thing, err := unseal(s.things.Get(oldest))
		if err != nil {
			return nil, err
		}
		fallen = append(fallen, bytes.Clone(thing))
		if err := s.things.Delete(oldest); err != nil {
			return nil, err
		}
		if err := s.ages.Delete(bytes.Clone(age)); err != nil {
			return nil, err
		}
	}
}
