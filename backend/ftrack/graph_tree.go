package ftrack

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// tree is a relation that leads from entities to others of their type: from replies to the notes they
// answer, from groups to the groups around them.
type tree struct{ entity, relation string }

var (
	threads = tree{"Note", "in_reply_to"}
	nesting = tree{"Group", "parent"}
)

// levels is over how many steps of a tree one query goes. Studios nest less, so that one query is all.
const levels = 4

// key is the attribute that holds the id of what lies so many steps above.
func (t tree) key(steps int) string {
	return strings.Repeat(t.relation+".", steps-1) + t.relation + "_id"
}

// above gives the way from each entity to the topmost above it that may be seen, itself first. What does
// not exist has none, and neither have rings.
func (g Graph) above(ctx context.Context, t tree, ids []string) (map[string][]string, error) {
	keys := make([]string, levels)
	for i := range keys {
		keys[i] = t.key(i + 1)
	}
	expression := fmt.Sprintf("select id, %s from %s where id in ({ids}) order by id", strings.Join(keys, ", "), t.entity)
	parents, tried := map[string]string{}, map[string]bool{}
	for asked := distinct(ids); len(asked) > 0; {
		var further []string
		err := g.each(ctx, expression, asked, func(row map[string]any) {
			for at := row; at != nil; at = one(at, t.relation) {
				id, parent := text(at, "id"), text(at, t.key(1))
				if _, known := parents[id]; known {
					break
				}
				parents[id] = parent
				further = append(further, parent)
			}
		})
		if err != nil {
			return nil, err
		}
		for _, id := range asked {
			tried[id] = true
		}
		asked = slices.DeleteFunc(distinct(further), func(id string) bool {
			_, known := parents[id]
			return known || tried[id]
		})
	}
	found := map[string][]string{}
	for _, id := range ids {
		if way, ends := climb(parents, id); ends && len(way) > 0 {
			found[id] = way
		}
	}
	return found, nil
}

// climb gives the way from an entity to the topmost that is known, itself first; ends is false in a ring.
func climb(parents map[string]string, id string) (way []string, ends bool) {
	for {
		parent, known := parents[id]
		switch {
		case !known:
			return way, true
		case len(way) > len(parents):
			return nil, false
		}
		way = append(way, id)
		id = parent
	}
}

// below gives, under each entity, itself and all that lies below it, with some of their attributes.
func (g Graph) below(ctx context.Context, t tree, attributes string, ids []string) (map[string][]map[string]any, error) {
	where := "id in ({ids})"
	for steps := range levels {
		where += fmt.Sprintf(" or %s in ({ids})", t.key(steps+1))
	}
	expression := fmt.Sprintf("select id, %s, %s from %s where %s order by id", t.key(1), attributes, t.entity, where)
	rows, parents := map[string]map[string]any{}, map[string]string{}
	for asked := distinct(ids); len(asked) > 0; {
		fresh := map[string]bool{}
		err := g.each(ctx, expression, asked, func(row map[string]any) {
			id := text(row, "id")
			if rows[id] == nil {
				rows[id], parents[id], fresh[id] = row, text(row, t.key(1)), true
			}
		})
		if err != nil {
			return nil, err
		}
		// Below those on the last level there may be more.
		asked = slices.DeleteFunc(slices.Sorted(maps.Keys(fresh)), func(id string) bool {
			way, _ := climb(parents, id)
			if len(way) <= levels {
				return true
			}
			_, last := slices.BinarySearch(asked, way[levels])
			return !last
		})
	}
	wanted := map[string]bool{}
	for _, id := range ids {
		wanted[id] = true
	}
	found := map[string][]map[string]any{}
	for _, id := range slices.Sorted(maps.Keys(rows)) {
		way, _ := climb(parents, id)
		for _, over := range way {
			if wanted[over] {
				found[over] = append(found[over], rows[id])
			}
		}
	}
	return found, nil
}
