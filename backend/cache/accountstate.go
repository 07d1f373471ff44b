package cache

import "github.com/callboard/callboard/backend/domain"

// accountKey names the account's choices as the server has them.
var accountKey = []byte("account")

// State is what the account chose, with what was changed here and waits in the queue; the zero state
// where the server never answered.
func (a *Account) State() (state domain.AccountState, err error) {
	err = a.view(func(r room) (err error) {
		state, err = r.accountState()
		return err
	})
	return state, err
}

// PutState keeps what the account chose as the server has it.
func (a *Account) PutState(state domain.AccountState) error {
	return a.update(func(r room) error { return put(r.in(stateBucket), accountKey, state) })
}

// SettleChange drops a change of the account that the server has answered. What it accepted counts from
// now on, until it is asked again; the rest is taken back.
func (a *Account) SettleChange(action domain.Action, accepted []domain.AccountChange) error {
	return a.update(func(r room) error {
		if err := r.in(queueBucket).Delete(number(action.ID)); err != nil {
			return err
		}
		state, known, err := get[domain.AccountState](r.in(stateBucket), accountKey)
		if err != nil || !known {
			return err
		}
		for _, change := range accepted {
			state = change.Apply(state)
		}
		return put(r.in(stateBucket), accountKey, state)
	})
}

func (r room) accountState() (domain.AccountState, error) {
	state, known, err := get[domain.AccountState](r.in(stateBucket), accountKey)
	if err != nil || !known {
		return state, err
	}
	waiting, err := r.queue()
	if err != nil {
		return state, err
	}
	for _, action := range waiting {
		if action.Change != nil {
			state = action.Change.Apply(state)
		}
	}
	return state, nil
}
