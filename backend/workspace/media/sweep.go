package media

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

const (
	// settled is the age from which on a file has its component, if it ever will: what makes one puts
	// down the file first.
	settled = 24 * time.Hour
	// keptFor is how long small pictures are kept, and files whose component is gone: long enough to
	// find out that the wrong database was restored.
	keptFor = 30 * 24 * time.Hour
	// asked is how many components are asked for at once.
	asked = 500
)

// Sweep puts away the files of which no component is known any more, and removes what was put away long
// ago, pictures that can be made again, and what is left of writers that died. Known answers those of the
// components that exist.
func (m *Media) Sweep(ctx context.Context, known func(context.Context, []domain.ComponentID) (map[domain.ComponentID]bool, error)) error {
	folders, err := os.ReadDir(filepath.Join(m.cfg.Dir, "files"))
	if err != nil {
		return ifThere(err)
	}
	for _, folder := range folders {
		old, err := m.olderThan(settled, filepath.Join(m.cfg.Dir, "files", folder.Name()))
		if err != nil {
			return err
		}
		for some := range slices.Chunk(old, asked) {
			if err := m.putAway(ctx, some, known); err != nil {
				return err
			}
		}
	}
	return errors.Join(m.expire("removed"), m.expire("thumbnails", "*"))
}

// putAway moves files without a component where nobody is served from. What is no component's file is the
// rest of a writer that died.
func (m *Media) putAway(ctx context.Context, files []string, known func(context.Context, []domain.ComponentID) (map[domain.ComponentID]bool, error)) error {
	var ids []domain.ComponentID
	for _, path := range files {
		if name := filepath.Base(path); componentID.MatchString(name) {
			ids = append(ids, domain.ComponentID(name))
		} else if err := ifThere(os.Remove(path)); err != nil {
			return err
		}
	}
	exist, err := known(ctx, ids)
	if err != nil {
		return err
	}
	now := m.cfg.Clock()
	for _, id := range ids {
		if exist[id] {
			continue
		}
		path, _ := m.path(id)
		away := filepath.Join(m.cfg.Dir, "removed", string(id))
		if err := ifThere(move(path, away)); err != nil {
			return err
		}
		if err := ifThere(os.Chtimes(away, now, now)); err != nil { // from now on its time counts
			return err
		}
	}
	return nil
}

// expire removes what has been kept long enough.
func (m *Media) expire(below ...string) error {
	folders, err := filepath.Glob(filepath.Join(append([]string{m.cfg.Dir}, below...)...))
	if err != nil {
		return err
	}
	for _, folder := range folders {
		old, err := m.olderThan(keptFor, folder)
		if err != nil {
			return err
		}
		for _, path := range old {
			if err := ifThere(os.Remove(path)); err != nil {
				return err
			}
		}
	}
	return nil
}

// olderThan lists the files in a folder that have lain there so long.
func (m *Media) olderThan(age time.Duration, folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, ifThere(err)
	}
	var old []string
	for _, entry := range entries {
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // gone since
		}
		if err != nil {
			return nil, err
		}
		if info.Mode().IsRegular() && m.cfg.Clock().Sub(info.ModTime()) > age {
			old = append(old, filepath.Join(folder, entry.Name()))
		}
	}
	return old, nil
}
