package workspace

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

// Backup writes a copy of the workspace's data to a file, also while it is served. What people uploaded
// is no part of it: that lies in files which never change once they are there, and is copied as they are.
func Backup(ctx context.Context, cfg Config, file string) error {
	cfg, err := cfg.defaults()
	if err != nil {
		return err
	}
	if cfg.Database != "" {
		return domain.Errorf(domain.Unsupported, "a workspace in PostgreSQL is backed up with its own tools, such as pg_dump; after restoring it, say callboard-server restore")
	}
	return store.Backup(ctx, cfg.dataFile(), file)
}

// Restore puts a backup in the place of the workspace's data and begins a new epoch, so that every client
// starts over instead of missing rows. Without a file, which is for data that was restored by other means,
// it only begins the epoch. No server may run meanwhile. It answers where the data from before is kept, ""
// for nowhere.
func Restore(ctx context.Context, cfg Config, file string) (kept string, err error) {
	cfg, err = cfg.defaults()
	if err != nil {
		return "", err
	}
	switch {
	case file == "":
		return "", inOffice(ctx, cfg, func(o *office) error { return o.store.BeginEpoch(ctx) })
	case cfg.Database != "":
		return "", domain.Errorf(domain.Unsupported, "a workspace in PostgreSQL is restored with its own tools, such as pg_restore; say callboard-server restore, without a file, afterwards")
	default:
		return store.Restore(ctx, cfg.dataFile(), file, cfg.Clock())
	}
}
