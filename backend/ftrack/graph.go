package ftrack

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/query"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/rules"
)

// Graph answers what the notification law asks of a production by plain queries, for servers that keep no
// inbox: it asks for nothing but what ftrack servers have. Each question is a handful of queries whatever
// it is about: ids are listed many at a time, and what nests is followed several levels at once.
//
// The same law over the Graph of a workspace's transaction tells the same people. Where they part it is
// for what a client cannot know:
//   - It gives the production as it is when it is asked, not as it stood after the request. Whoever asks
//     late is told of those who are assigned and manage by then, and nothing of what is gone by then.
//   - It gives what its person may see. To an administrator that is all. To anybody else others' reasons
//     may be hidden, their own are not: of what people do not see they hear nothing. Only of a message
//     thread somebody may see a part, and so know fewer reasons than there are.
//   - Who may see a private project is worked out from roles and assignments; see Audience.
type Graph struct {
	client *Client
	me     domain.UserID
}

var _ rules.Graph = Graph{}

// Graph gives the production as the server shows it to the client's person, me.
func (c *Client) Graph(me domain.UserID) Graph { return Graph{client: c, me: me} }

const (
	// mostIDs is how many ids one query lists: some ten kilobytes, which every server reads.
	mostIDs = 200
	// mostRows is how many rows one query answers; more come in pages. It is what the official clients ask for.
	mostRows = 500
)

// each asks for any number of ids, many at a time, and hands on every row. The expression says {ids}
// where they go, and orders by what tells its rows apart, so that pages do not overlap.
func (g Graph) each(ctx context.Context, expression string, ids []string, row func(map[string]any)) error {
	for chunk := range slices.Chunk(distinct(ids), mostIDs) {
		if err := g.pages(ctx, strings.ReplaceAll(expression, "{ids}", quoted(chunk)), row); err != nil {
			return err
		}
	}
	return nil
}

// pages asks until no more rows come.
func (g Graph) pages(ctx context.Context, expression string, row func(map[string]any)) error {
	for offset := 0; ; {
		replies, err := g.client.call(ctx, asking(fmt.Sprintf("%s offset %d limit %d", expression, offset, mostRows)))
		if err != nil {
			return err
		}
		rows := replies[0].Rows()
		for _, fields := range rows {
			row(fields)
		}
		next := replies[0].Next
		if next == nil || *next <= offset || len(rows) == 0 {
			return nil
		}
		offset = *next
	}
}

// resource tells a person from a group; ok is false for neither.
func resource(fields map[string]any) (who domain.Resource, ok bool) {
	id := text(fields, "id")
	if wire.TypeOf(fields) == "Group" {
		return domain.Resource{Group: domain.GroupID(id)}, id != ""
	}
	return domain.Resource{User: domain.UserID(id)}, id != ""
}

func quoted[ID ~string](ids []ID) string {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = query.Value{Text: string(id), Quoted: true}.String()
	}
	return strings.Join(texts, ", ")
}

// distinct sorts ids and drops empty ones and repeats.
func distinct[ID ~string](ids []ID) []ID {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id ID) bool { return id == "" })
	slices.Sort(ids)
	return slices.Compact(ids)
}

func texts[ID ~string](ids []ID) []string {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = string(id)
	}
	return texts
}

// keys are the ids that something is kept by, in order.
func keys[ID ~string, V any](by map[ID]V) []string {
	return texts(slices.Sorted(maps.Keys(by)))
}
