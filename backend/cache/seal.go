package cache

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
)

// sealSize is how many bytes a seal takes before its value.
const sealSize = 4

// seal puts a checksum before a value: bbolt checks the form of its pages and not what they hold.
func seal(value []byte) []byte {
	sealed := binary.BigEndian.AppendUint32(make([]byte, 0, sealSize+len(value)), sum(value))
	return append(sealed, value...)
}

// unseal gives the value, which lives as long as its transaction.
func unseal(sealed []byte) ([]byte, error) {
	if len(sealed) < sealSize || binary.BigEndian.Uint32(sealed) != sum(sealed[sealSize:]) {
		return nil, unreadable(errors.New("a value is not what was written"))
	}
	return sealed[sealSize:], nil
}

// sum is the checksum of a value; the processor computes this kind itself.
func sum(value []byte) uint32 { return crc32.Checksum(value, crc32.MakeTable(crc32.Castagnoli)) }
