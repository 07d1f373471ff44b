package main

import (
	"context"
	"fmt"

	"github.com/callboard/callboard/backend/workspace"
)

func (c console) keys(ctx context.Context, args []string) error {
	if len(args) == 0 || args[0] != "rotate" {
		return usageError("keys wants: rotate")
	}
	set := c.flags("keys rotate", "")
	place := placeFlags(set)
	if _, err := c.parse(set, args[1:], 0); err != nil {
		return err
	}
	done, ok, err := workspace.RotateKeys(ctx, place())
	if err != nil {
		return err
	}
	if !ok {
		_, err = fmt.Fprintln(c.out, "A new key is in the file. The server that is running takes it within a minute, and encrypts the secrets anew.")
		return err
	}
	_, err = fmt.Fprintf(c.out, "The current key is %s. Secrets encrypted anew: %d. Passwords and backup codes that wait for their people: %d. Keys dropped: %d.\n",
		done.Current, done.Resealed, done.Waiting, len(done.Dropped))
	return err
}
