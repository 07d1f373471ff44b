package store

import "context"

// AddressTaken says whether somebody active, other than that person, has a mail address, however it is
// written. Addresses are ASCII, so that both engines fold them alike.
func (tx *Tx) AddressTaken(ctx context.Context, address, except string) (taken bool, err error) {
	err = tx.queryRow(ctx, `SELECT EXISTS (SELECT 1 FROM "resource" AS u
		WHERE u.resource_type = 'user' AND COALESCE(u.is_active, FALSE) AND u.id <> $1 AND lower(u.email) = lower($2))`, except, address).Scan(&taken)
	return taken, wrap("look for a mail address", err)
}
