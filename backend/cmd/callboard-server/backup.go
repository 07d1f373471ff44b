package main

import (
	"context"
	"fmt"

	"github.com/callboard/callboard/backend/workspace"
)

func (c console) backup(ctx context.Context, args []string) error {
	set := c.flags("backup", "FILE")
	place := placeFlags(set)
	rest, err := c.parse(set, args, 1)
	if err != nil {
		return err
	}
	return workspace.Backup(ctx, place(), rest[0])
}

func (c console) restore(ctx context.Context, args []string) error {
	set := c.flags("restore", "[FILE]")
	place := placeFlags(set)
	rest, err := c.parseSome(set, args, 0, 1)
	if err != nil {
		return err
	}
	file := ""
	if len(rest) == 1 {
		file = rest[0]
	}
	kept, err := workspace.Restore(ctx, place(), file)
	if err == nil && kept != "" {
		_, err = fmt.Fprintf(c.err, "what was there before is kept as %s\n", kept)
	}
	return err
}
