package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

// audit writes entries about maya, one a transaction.
func audit(t *testing.T, s *store.Store, entries int) {
	t.Helper()
	for n := range entries {
		err := s.Write(t.Context(), func(tx *store.Tx) error { return tx.Audit(t.Context(), entry(n)) })
		if err != nil {
			t.Fatal(err)
		}
	}
}

func entry(n int) store.AuditEntry {
	return store.AuditEntry{
		Auth: domain.AuthNone, What: domain.AuditSignIn, SubjectID: "maya", SubjectName: "maya", Address: "192.0.2.1", Device: "tower\x00\xff",
		Outcome: domain.OutcomeRefused, Detail: map[string]any{"n": n, "why": "a\x00b"},
	}
}

func verified(ctx context.Context, s *store.Store, known store.AuditEnd) (end store.AuditEnd, err error) {
	err = s.Read(ctx, func(tx *store.Tx) error {
		end, err = tx.VerifyAudit(ctx, known)
		return err
	})
	return end, err
}

func TestTheAuditIsOneChainHoweverManyWrite(t *testing.T) {
	eachEngine(t, func(t *testing.T, s *store.Store) {
		all(t, 100, func(n int) error {
			return s.Write(t.Context(), func(tx *store.Tx) error {
				if err := tx.Audit(t.Context(), entry(n)); err != nil {
					return err
				}
				return tx.Audit(t.Context(), entry(-n))
			})
		})
		end, err := verified(t.Context(), s, store.AuditEnd{})
		if err != nil || end.Seq != 200 || len(end.Hash) != 64 {
			t.Errorf("%+v %v", end, err)
		}
	})
}

func TestWhatDidNotHappenIsNotAudited(t *testing.T) {
	eachEngine(t, func(t *testing.T, s *store.Store) {
		audit(t, s, 1)
		changed := errors.New("changed its mind")
		err := s.Write(t.Context(), func(tx *store.Tx) error { return errors.Join(tx.Audit(t.Context(), entry(1)), changed) })
		if !errors.Is(err, changed) {
			t.Error(err)
		}
		err = s.Write(t.Context(), func(tx *store.Tx) error {
			e := entry(1)
			e.What = "gossip"
			return tx.Audit(t.Context(), e)
		})
		if domain.CodeOf(err) != domain.Internal {
			t.Errorf("what nobody knows is audited: %v", err)
		}
		if end, err := verified(t.Context(), s, store.AuditEnd{}); err != nil || end.Seq != 1 {
			t.Errorf("%+v %v", end, err)
		}
	})
}

func TestTheAuditShowsWhatWasDoneToIt(t *testing.T) {
	for _, tampering := range []string{
		`UPDATE "auditentry" SET address = '198.51.100.7' WHERE seq = 3`,
		`UPDATE "auditentry" SET subject_name = 'mayatower', device = NULL WHERE seq = 3`,
		`UPDATE "auditentry" SET outcome = 'ok' WHERE seq = 5`,
		`UPDATE "auditentry" SET detail = '{}' WHERE seq = 1`,
		`UPDATE "auditentry" SET created_at = created_at + 1 WHERE seq = 2`,
		`DELETE FROM "auditentry" WHERE seq = 1`,
		`DELETE FROM "auditentry" WHERE seq = 3`,
		`DELETE FROM "auditentry" WHERE seq = 5`,
		`DELETE FROM "auditentry"`,
		`UPDATE audit_head SET seq = 4`,
		`INSERT INTO "auditentry" (id, seq, created_at, auth, what, outcome, detail, hash) VALUES ('x', 6, 0, 'none', 'sign_in', 'ok', '{}', 'x')`,
	} {
		t.Run(tampering, func(t *testing.T) {
			eachEngine(t, func(t *testing.T, s *store.Store) {
				audit(t, s, 5)
				if err := s.Write(t.Context(), func(tx *store.Tx) error { return tx.Tamper(t.Context(), tampering) }); err != nil {
					t.Fatal(err)
				}
				_, err := verified(t.Context(), s, store.AuditEnd{})
				var told *domain.Error
				if !errors.As(err, &told) || told.Reason != "audit_broken" {
					t.Errorf("%v", err)
				}
			})
		})
	}
}

// TestAKnownEndTellsAnAuditThatWasWrittenAnew stands for a copy of the end that is kept elsewhere: who has
// the whole database can make a chain that holds.
func TestAKnownEndTellsAnAuditThatWasWrittenAnew(t *testing.T) {
	eachEngine(t, func(t *testing.T, s *store.Store) {
		audit(t, s, 3)
		known, err := verified(t.Context(), s, store.AuditEnd{})
		if err != nil {
			t.Fatal(err)
		}
		audit(t, s, 2)
		if _, err := verified(t.Context(), s, known); err != nil {
			t.Errorf("an end that lies on the chain: %v", err)
		}
		for _, other := range []store.AuditEnd{{Seq: 3, Hash: strings.Repeat("0", 64)}, {Seq: 6, Hash: known.Hash}} {
			if _, err := verified(t.Context(), s, other); domain.CodeOf(err) != domain.Conflict {
				t.Errorf("%+v: %v", other, err)
			}
		}
	})
}

func TestNothingInTheAuditIsChangedEvenByTheServer(t *testing.T) {
	eachEngine(t, func(t *testing.T, s *store.Store) {
		audit(t, s, 1)
		found, err := ask(t, s, server, "select id from AuditEntry")
		if err != nil {
			t.Fatal(err)
		}
		key := []string{found.Rows[0].Values["id"].(string)}
		typ, _ := schema.ByName("AuditEntry")
		for what, do := range map[string]func(*store.Tx) error{
			"update": func(tx *store.Tx) error { return tx.Update(t.Context(), typ, key, map[string]any{"device": "x"}) },
			"delete": func(tx *store.Tx) error { return tx.Delete(t.Context(), typ, key) },
		} {
			if err := s.Write(t.Context(), do); domain.CodeOf(err) != domain.Forbidden {
				t.Errorf("%s: %v", what, err)
			}
		}
	})
}

func TestAdministratorsAloneReadTheAudit(t *testing.T) {
	eachEngine(t, func(t *testing.T, s *store.Store) {
		audit(t, s, 3)
		for viewer, want := range map[store.Viewer]int{
			{UserID: "ines", Everything: true}: 2, {UserID: "maya"}: 0, {UserID: "eve", Guest: true}: 0,
		} {
			found, err := ask(t, s, viewer, `select seq, created_at, detail, actor_id from AuditEntry where subject_id is "maya" and what is "sign_in" and actor_id is none and seq > 1 order by seq desc limit 5`)
			if err != nil {
				t.Fatal(err)
			}
			if len(found.Rows) != want {
				t.Errorf("%+v reads %d entries", viewer, len(found.Rows))
			}
			if want > 0 && (found.Rows[0].Values["seq"] != int64(3) || fmt.Sprintf("%s", found.Rows[0].Values["detail"]) != `{"n":2,"why":"ab"}`) {
				t.Errorf("%v", found.Rows[0].Values)
			}
		}
	})
}
