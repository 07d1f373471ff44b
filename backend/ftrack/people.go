package ftrack

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// mostAsked is of how many people one query asks.
const mostAsked = 200

// People tells how people look now: their names and pictures. Whom the server does not know it leaves out.
func (c *Client) People(ctx context.Context, ids []domain.UserID) ([]domain.Person, error) {
	var people []domain.Person
	for some := range slices.Chunk(ids, mostAsked) {
		rows, err := c.query(ctx, "select id, first_name, last_name, username, thumbnail_id from User where id in ("+quoted(some)+")")
		if err != nil {
			return nil, err
		}
		for _, fields := range rows {
			people = append(people, person(fields))
		}
	}
	return people, nil
}

// met passes on that somebody looks otherwise.
func (c *Client) met(event wire.Event) error {
	var fields map[string]any
	if err := json.Unmarshal(event.Data, &fields); err != nil {
		return domain.Errorf(domain.Unsupported, "the server's word of a person cannot be read: %w", err)
	}
	if who := person(fields); who.ID != "" && c.cfg.Met != nil {
		c.cfg.Met(who)
	}
	return nil
}
