package store

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/callboard/callboard/backend/workspace/schema"
)

// formula is the SQL of a value that is worked out from the row at alias. Times are compared with now.
func formula(a *schema.Attribute, alias string, now time.Time) string {
	logged := fmt.Sprintf(`COALESCE((SELECT sum(l.duration) FROM "timelog" AS l WHERE l.context_id = %s.id), 0.0)`, alias)
	switch a.Formula {
	case schema.TimeLogged:
		return logged
	case schema.TimeLeft:
		return fmt.Sprintf("(COALESCE(%s.bid, 0.0) - %s)", alias, logged)
	case schema.ReviewOpen:
		return fmt.Sprintf("COALESCE(%[1]s.start_date <= %[2]d AND %[1]s.end_date >= %[2]d, FALSE)", alias, micros(now))
	default:
		return latestVersion(alias)
	}
}

// latestVersion holds for the newest published version of an asset.
func latestVersion(alias string) string {
	return fmt.Sprintf(`(%[1]s.is_published = TRUE AND %[1]s.version = (SELECT max(n.version) FROM "assetversion" AS n WHERE n.asset_id = %[1]s.asset_id AND n.is_published = TRUE))`, alias)
}

// urlSource is the column that holds the file of a type's URLs.
func urlSource(t *schema.Type) string {
	if _, ok := t.Attribute("component_id"); ok {
		return "component_id"
	}
	return "thumbnail_id"
}

// urlOf is the address of a file on this server, without the server: nil where there is no file.
func urlOf(t *schema.Type, a *schema.Attribute, values map[string]any) any {
	id := text(values, urlSource(t))
	if id == "" {
		return nil
	}
	query := url.Values{"id": {id}}
	if a.Name == "thumbnail_url" {
		query.Set("size", "300")
		return "/component/thumbnail?" + query.Encode()
	}
	return "/component/get?" + query.Encode()
}

// linkColumns are what a link is made from, beside the tables of paths.
func linkColumns(t *schema.Type) []string {
	if t.Root == "AssetVersion" {
		return []string{"asset_id", "version"}
	}
	return nil
}

// links are the ways from the project down to each row, by the row's id.
func (l *loader) links(ctx context.Context, t *schema.Type, rows []*Row) (map[string][]map[string]string, error) {
	if t.Root != "AssetVersion" {
		return l.tx.paths(ctx, t, distinct(rows, "id"))
	}
	type asset struct{ name, context string }
	assets := map[string]asset{}
	var contexts []string
	for chunk := range slices.Chunk(distinct(rows, "asset_id"), batch) {
		c := newCompiler(l.viewer, l.hidden)
		found, err := l.tx.query(ctx, `SELECT id, COALESCE(name, ''), COALESCE(context_id, '') FROM "asset" WHERE id IN (`+c.bindAll(chunk)+`)`, c.args...)
		if err != nil {
			return nil, err
		}
		for found.Next() {
			var id string
			var a asset
			if err := found.Scan(&id, &a.name, &a.context); err != nil {
				return nil, closing(found, err)
			}
			assets[id] = a
			contexts = append(contexts, a.context)
		}
		if err := closing(found, nil); err != nil {
			return nil, err
		}
	}
	context, _ := schema.ByName("Context")
	slices.Sort(contexts)
	above, err := l.tx.paths(ctx, context, slices.Compact(contexts))
	if err != nil {
		return nil, err
	}
	links := map[string][]map[string]string{}
	for _, row := range rows {
		a := assets[text(row.Values, "asset_id")]
		name := a.name
		if version, ok := row.Values["version"].(int64); ok {
			name += " v" + strconv.FormatInt(version, 10)
		}
		id := text(row.Values, "id")
		links[id] = append(slices.Clone(above[a.context]), map[string]string{"id": id, "name": name, "type": "AssetVersion"})
	}
	return links, nil
}

// paths are the ancestors of each id, topmost first, the row itself last. As on real servers a step is
// a "Project", a "TypedContext" or a "Group", whatever its own type. Rows that lie together share their
// steps, and each is read once.
func (tx *Tx) paths(ctx context.Context, t *schema.Type, ids []string) (map[string][]map[string]string, error) {
	above := map[string][]string{}
	if err := tx.chunked(ctx, above, fmt.Sprintf("SELECT id, ancestor_id FROM %s WHERE id IN (%%s) ORDER BY id, distance DESC", pathTable(t)), ids); err != nil {
		return nil, fmt.Errorf("read paths: %w", err)
	}
	steps, err := tx.steps(ctx, t, unique(slices.Concat(slices.Collect(maps.Values(above))...)))
	if err != nil {
		return nil, fmt.Errorf("read paths: %w", err)
	}
	found := make(map[string][]map[string]string, len(above))
	for id, ancestors := range above {
		for _, ancestor := range ancestors {
			if step := steps[ancestor]; step != nil {
				found[id] = append(found[id], step)
			}
		}
	}
	return found, nil
}

func (tx *Tx) steps(ctx context.Context, t *schema.Type, ids []string) (map[string]map[string]string, error) {
	kind := "'Group'"
	if t.Root == "Context" {
		kind = "CASE context_type WHEN 'show' THEN 'Project' ELSE 'TypedContext' END"
	}
	found := make(map[string]map[string]string, len(ids))
	for chunk := range slices.Chunk(ids, batch) {
		c := newCompiler(Viewer{}, nil)
		rows, err := tx.query(ctx, fmt.Sprintf("SELECT id, COALESCE(name, ''), %s FROM %s WHERE id IN (%s)", kind, table(t), c.bindAll(chunk)), c.args...)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var id, name, step string
			if err := rows.Scan(&id, &name, &step); err != nil {
				return nil, closing(rows, err)
			}
			found[id] = map[string]string{"id": id, "name": name, "type": step}
		}
		if err := closing(rows, nil); err != nil {
			return nil, err
		}
	}
	return found, nil
}
