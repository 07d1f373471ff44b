package cache

import "github.com/callboard/callboard/backend/domain"

// Thread gives the thread kept for a note; ok is false where there is none.
func (a *Account) Thread(note domain.NoteID) (thread domain.Thread, ok bool, err error) {
	err = a.view(func(r room) (err error) {
		thread, ok, err = get[domain.Thread](r.in(threadsBucket), []byte(note))
		return err
	})
	return thread, ok, err
}

// PutThread keeps the thread of a note.
func (a *Account) PutThread(note domain.NoteID, thread domain.Thread) error {
	return a.update(func(r room) error { return put(r.in(threadsBucket), []byte(note), thread) })
}
