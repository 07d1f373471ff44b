package store

import "context"

// Tamper runs SQL as somebody does who has the database but not the program.
func (tx *Tx) Tamper(ctx context.Context, text string) error {
	_, err := tx.exec(ctx, text)
	return err
}
