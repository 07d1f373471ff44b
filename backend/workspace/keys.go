package workspace

import (
	"context"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/auth"
)

// keyLook is the time between two looks whether the file of keys has changed.
const keyLook = 30 * time.Second

// renewKeys brings what is kept to the current key, at the start and whenever somebody has put another one
// into the file, until ctx ends.
func (r *rooms) renewKeys(ctx context.Context, cfg Config) error {
	ticker := time.NewTicker(keyLook)
	defer ticker.Stop()
	for changed := true; ; {
		if changed {
			done, err := r.auth.Renew(ctx)
			switch {
			case ctx.Err() != nil:
				return nil
			case err != nil:
				cfg.Log.ErrorContext(ctx, "secrets could not be encrypted anew; it is tried again when the file of keys changes", "error", err)
			case done.Resealed > 0:
				cfg.Log.InfoContext(ctx, "secrets were encrypted anew", "key", done.Current, "secrets", done.Resealed)
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
		var err error
		if changed, err = r.keys.Refresh(); err != nil {
			cfg.Log.ErrorContext(ctx, "the file of keys cannot be read; those read before still count", "error", err)
		}
	}
}

// RotateKeys puts a new key into the file of keys, and encrypts with it what the one before protected. Where
// a server has the data file it does the latter itself, within a minute: ok is false then.
func RotateKeys(ctx context.Context, cfg Config) (done auth.Rotation, ok bool, err error) {
	err = inOffice(ctx, cfg, func(o *office) error {
		if err := auth.AddKey(ctx, cfg.keyFile()); err != nil {
			return err
		}
		done, err = o.auth.Rotate(ctx)
		return err
	})
	if domain.CodeOf(err) == domain.Conflict {
		return done, false, auth.AddKey(ctx, cfg.keyFile())
	}
	return done, err == nil, err
}
