package main

import (
	"context"
	"fmt"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace"
)

func (c console) edition(ctx context.Context, args []string) error {
	set := c.flags("edition", "[enterprise|standard]")
	place := placeFlags(set)
	rest, err := c.parseSome(set, args, 0, 1)
	if err != nil {
		return err
	}
	if len(rest) == 1 {
		return workspace.SetEdition(ctx, place(), domain.Edition(rest[0]))
	}
	edition, err := workspace.Edition(ctx, place())
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(c.out, edition)
	return err
}
