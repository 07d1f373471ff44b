package cache

import "github.com/callboard/callboard/backend/domain"

// Thread gives the thread a note belongs to; its error is a domain.NotFound where none is kept.
func (a *Account) Thread(note domain.NoteID) (thread domain.Thread, err error) {
	known := false
	err = a.view(func(r room) (err error) {
		first := r.in(threadOfBucket).Get([]byte(note))
		if first == nil {
			return nil
		}
		thread, known, err = get[domain.Thread](r.in(threadsBucket), first)
		return err
	})
	if err == nil && !known {
		err = domain.Errorf(domain.NotFound, "the thread of note %s is not kept", note)
	}
	return thread, err
}

// PutThread keeps a thread, to be found by each of its notes.
func (a *Account) PutThread(thread domain.Thread) error {
	return a.update(func(r room) error {
		for _, note := range thread.Notes {
			if err := r.in(threadOfBucket).Put([]byte(note.ID), []byte(thread.First)); err != nil {
				return err
			}
		}
		return put(r.in(threadsBucket), []byte(thread.First), thread)
	})
}
