package workspace

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

// AuditEntry is one line of the audit.
type AuditEntry struct {
	Seq       int64           `json:"seq"`
	At        time.Time       `json:"at"`
	What      domain.Audited  `json:"what"`
	Outcome   domain.Outcome  `json:"outcome"`
	ActorID   string          `json:"actor_id,omitempty"`
	Actor     string          `json:"actor,omitempty"`
	Auth      domain.AuthKind `json:"auth"`
	SubjectID string          `json:"subject_id,omitempty"`
	Subject   string          `json:"subject,omitempty"`
	Address   string          `json:"address,omitempty"`
	Device    string          `json:"device,omitempty"`
	Detail    json.RawMessage `json:"detail"`
}

// AuditFilter says which entries are wanted; what is empty does not count.
type AuditFilter struct {
	Since time.Time
	// User is the name or the id of somebody who did it or whom it is about.
	User string
	What domain.Audited
}

// AuditEnd names the last entry of the audit. Whoever keeps it elsewhere can tell later whether the audit was
// written anew.
type AuditEnd struct {
	Seq  int64
	Hash string
}

// ReadAudit gives the entries that are wanted to each, the oldest first. A server may be running.
func ReadAudit(ctx context.Context, cfg Config, wanted AuditFilter, each func(AuditEntry) error) error {
	return reading(ctx, cfg, func(tx *store.Tx) error {
		return tx.Audited(ctx, store.AuditFilter(wanted), func(e store.AuditLine) error {
			return each(AuditEntry{
				Seq: e.Seq, At: e.At, What: e.What, Outcome: e.Outcome, ActorID: e.ActorID, Actor: e.ActorName, Auth: e.Auth,
				SubjectID: e.SubjectID, Subject: e.SubjectName, Address: e.Address, Device: e.Device, Detail: e.Detail,
			})
		})
	})
}

// VerifyAudit says where the audit ends, or what is wrong with it. known, unless zero, is an end that was
// told before.
func VerifyAudit(ctx context.Context, cfg Config, known AuditEnd) (end AuditEnd, err error) {
	err = reading(ctx, cfg, func(tx *store.Tx) error {
		found, err := tx.VerifyAudit(ctx, store.AuditEnd(known))
		end = AuditEnd(found)
		return err
	})
	return end, err
}

// reading looks into a workspace's data, whether or not a server is running on it.
func reading(ctx context.Context, cfg Config, do func(*store.Tx) error) (err error) {
	cfg, err = cfg.defaults()
	if err != nil {
		return err
	}
	st, err := openStore(ctx, cfg, store.Config{Clock: cfg.Clock})
	var known *domain.Error
	if errors.As(err, &known) && known.Reason == "in_use" {
		st, err = store.Look(ctx, store.Config{Path: cfg.dataFile(), Clock: cfg.Clock})
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	return st.Read(ctx, do)
}
