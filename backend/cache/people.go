package cache

import (
	"slices"

	"github.com/callboard/callboard/backend/domain"
)

// What is kept here names people as they looked when it was fetched. Whoever of them looks otherwise by now
// is shown as they are: one place knows that, and everything is read through it.

// mostPeople is of how many people the server is asked again; beyond it some keep an old face for a while.
const mostPeople = 2000

// Meet takes in how people look now. It answers those of them who are known here and looked otherwise.
func (a *Account) Meet(people []domain.Person) (changed []domain.Person, err error) {
	err = a.update(func(r room) error {
		changed = changed[:0]
		for _, p := range people {
			before, known, err := get[domain.Person](r.in(peopleBucket), []byte(p.ID))
			if err != nil {
				return err
			}
			if !known || before == p {
				continue
			}
			changed = append(changed, p)
			if err := put(r.in(peopleBucket), []byte(p.ID), p); err != nil {
				return err
			}
		}
		return nil
	})
	return changed, err
}

// People are those whom anything kept here names.
func (a *Account) People() (ids []domain.UserID, err error) {
	err = a.view(func(r room) error {
		c := r.in(peopleBucket).Cursor()
		for id, _ := c.First(); id != nil && len(ids) < mostPeople; id, _ = c.Next() {
			ids = append(ids, domain.UserID(id))
		}
		return nil
	})
	return ids, err
}

// met notes people as the server just named them.
func (r room) met(people ...domain.Person) error {
	var noted []domain.Person
	for _, p := range people {
		if p.ID == "" || slices.Contains(noted, p) {
			continue
		}
		noted = append(noted, p)
		before, known, err := get[domain.Person](r.in(peopleBucket), []byte(p.ID))
		if err != nil {
			return err
		}
		if known && before == p {
			continue
		}
		if err := put(r.in(peopleBucket), []byte(p.ID), p); err != nil {
			return err
		}
	}
	return nil
}

// asNow is somebody as they look now.
func (r room) asNow(p domain.Person) (domain.Person, error) {
	now, known, err := get[domain.Person](r.in(peopleBucket), []byte(p.ID))
	if err != nil || !known {
		return p, err
	}
	return now, nil
}
