package workspace

import (
	"context"
	"fmt"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/query"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

// server is the server itself, as the store knows viewers.
var server = store.Viewer{Everything: true}

// furnish gives a new workspace what every project chooses from. A workspace that has been furnished is
// left alone: what an administrator deleted stays deleted. What later versions came with is told by its
// first type, so that older workspaces get it once.
func furnish(ctx context.Context, st *store.Store) error {
	return st.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Hold(ctx, "furniture"); err != nil { // several servers may start at once
			return err
		}
		for _, set := range [][]piece{furniture(), attributeFurniture()} {
			there, err := find(ctx, tx, "select id from "+set[0].entity+" limit 1")
			if err != nil {
				return err
			}
			if len(there) > 0 {
				continue
			}
			if err := place(ctx, tx, set); err != nil {
				return err
			}
		}
		return nil
	})
}

func place(ctx context.Context, tx *store.Tx, set []piece) error {
	for _, f := range set {
		t, known := schema.ByName(f.entity)
		if !known {
			return domain.Errorf(domain.Internal, "there is no type %s", f.entity)
		}
		if err := tx.Insert(ctx, t, f.values); err != nil {
			return fmt.Errorf("furnish the workspace with %s: %w", f.entity, err)
		}
	}
	return nil
}

// find answers a query with all there is.
func find(ctx context.Context, tx *store.Tx, text string) ([]*store.Row, error) {
	q, err := query.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("read the query %q: %w", text, err)
	}
	result, err := tx.Select(ctx, q, server)
	if err != nil {
		return nil, err
	}
	return result.Rows, nil
}
