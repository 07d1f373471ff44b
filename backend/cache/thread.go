package cache

import (
	"encoding/json"
	"fmt"

	"go.etcd.io/bbolt"

	"github.com/callboard/callboard/backend/domain"
)

// mostThreads is how many threads an account keeps; beyond it the one first kept goes.
const mostThreads = 500

// Thread gives the thread a note belongs to; its error is a domain.NotFound where none is kept.
func (a *Account) Thread(note domain.NoteID) (thread domain.Thread, err error) {
	known := false
	err = a.view(func(r room) (err error) {
		first := r.in(threadOfBucket).Get([]byte(note))
		if first == nil {
			return nil
		}
		thread, known, err = get[domain.Thread](r.in(threadsBucket), first)
		for i := range thread.Notes {
			if err == nil {
				thread.Notes[i].Author, err = r.asNow(thread.Notes[i].Author)
			}
		}
		return err
	})
	if err == nil && !known {
		err = domain.Errorf(domain.NotFound, "the thread of note %s is not kept", note)
	}
	return thread, err
}

// PutThread keeps a thread, to be found by each of its notes.
func (a *Account) PutThread(thread domain.Thread) error {
	text, err := json.Marshal(thread)
	if err != nil {
		return fmt.Errorf("write a thread to the cache: %w", err)
	}
	return a.update(func(r room) error {
		of := r.in(threadOfBucket)
		for _, note := range thread.Notes {
			if err := r.met(note.Author); err != nil {
				return err
			}
			if err := of.Put([]byte(note.ID), []byte(thread.First)); err != nil {
				return err
			}
		}
		kept := shelf{r.in(threadsBucket), r.in(threadsAgesBucket), mostThreads}
		fallen, err := kept.put([]byte(thread.First), text)
		if err != nil {
			return err
		}
		for _, text := range fallen {
			if err := forget(of, text); err != nil {
				return err
			}
		}
		return nil
	})
}

// forget drops the way from each of its notes to a thread that is no longer kept.
func forget(of *bbolt.Bucket, text []byte) error {
	var thread domain.Thread
	if err := json.Unmarshal(text, &thread); err != nil {
		return unreadable(err)
	}
	for _, note := range thread.Notes {
		if err := of.Delete([]byte(note.ID)); err != nil {
			return err
		}
	}
	return nil
}
