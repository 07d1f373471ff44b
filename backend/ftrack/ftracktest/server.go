// Package ftracktest is a fake Callboard server for tests: real HTTP and a real socket over a person's
// inbox in memory. It knows only the requests that an app makes of its inbox, and reads queries by their
// form, not by their grammar. What a test wants to go wrong, it says: cut, lose hints, refuse, be
// somebody else.
package ftracktest

import (
	"cmp"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// Token is the one that the server lets in.
const Token = "secret-token"

// Server is the fake. Its inbox belongs to one person.
type Server struct {
	URL string

	mu      sync.Mutex // guards what follows
	epoch   string
	seq     int64
	rows    map[domain.NotificationID]domain.Notification
	refused map[domain.NotificationID]error
	instead http.Handler // answers in place of the server; nil where it answers itself
	ops     []wire.Operation
	hub     hub
}

// New starts a server in the epoch "first" with an empty inbox. It ends with the test.
func New(t testing.TB) *Server {
	s := &Server{
		epoch: "first", rows: map[domain.NotificationID]domain.Notification{}, refused: map[domain.NotificationID]error{},
		hub: hub{connections: map[*connection]bool{}},
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /api", s.api)
	mux.HandleFunc("GET /socket.io/1/{$}", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "sid1:15:25:websocket") })
	mux.HandleFunc("GET /socket.io/1/websocket/sid1", s.socket)
	listening := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		instead := s.instead
		s.mu.Unlock()
		switch {
		case instead != nil:
			instead.ServeHTTP(w, r)
		case r.Header.Get("Authorization") != "Bearer "+Token:
			refuse(w, domain.Errorf(domain.Unauthorized, "sign in first"))
		default:
			mux.ServeHTTP(w, r)
		}
	}))
	s.URL = listening.URL
	t.Cleanup(func() {
		s.Cut()
		listening.Close()
	})
	return s
}

// Put adds rows or changes them: each gets the next seq. Everybody connected gets one hint.
func (s *Server) Put(rows ...domain.Notification) {
	s.PutUnheard(rows...)
	s.Hint()
}

// PutUnheard is Put with the hint lost on the way.
func (s *Server) PutUnheard(rows ...domain.Notification) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, row := range rows {
		s.seq++
		row.Seq = s.seq
		s.rows[row.ID] = row
	}
}

// Restore is a server restored from a backup: another epoch, an empty inbox, everybody cut off.
func (s *Server) Restore(epoch string) {
	s.mu.Lock()
	s.epoch, s.seq = epoch, 0
	clear(s.rows)
	s.mu.Unlock()
	s.Cut()
}

// Refuse lets no action on a row through, and answers err instead; nil allows it again.
func (s *Server) Refuse(id domain.NotificationID, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refused[id] = err
}

// Instead lets somebody else answer all requests, until it is given nil.
func (s *Server) Instead(handler http.Handler) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.instead = handler
}

// Away cuts everybody off and answers nothing more; Back ends that.
func (s *Server) Away() {
	s.Instead(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	s.Cut()
}

// Back answers again.
func (s *Server) Back() { s.Instead(nil) }

// Row is a row as the server has it.
func (s *Server) Row(id domain.NotificationID) domain.Notification {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rows[id]
}

// Asked lists the operations that came with an action, in order.
func (s *Server) Asked(action string) (ops []wire.Operation) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, op := range s.ops {
		if op.Action == action {
			ops = append(ops, op)
		}
	}
	return ops
}

func refuse(w http.ResponseWriter, err error) {
	body, status := wire.EncodeError(err)
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

func (s *Server) api(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	ops, err := wire.ParseOperations(body)
	if err != nil {
		refuse(w, err)
		return
	}
	results, changed, err := s.carryOut(ops)
	if err != nil {
		refuse(w, err)
		return
	}
	answer, err := wire.EncodeAnswers(results, wire.Mode{Strict: true})
	if err != nil {
		refuse(w, err)
		return
	}
	_, _ = w.Write(answer)
	if changed {
		s.Hint()
	}
}

// carryOut does all operations of a request or none.
func (s *Server) carryOut(ops []wire.Operation) (results []any, changed bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ops = append(s.ops, ops...)
	for _, op := range ops {
		if err := s.refusal(op); err != nil {
			return nil, false, err
		}
	}
	for _, op := range ops {
		switch op.Action {
		case "query_server_information":
			results = append(results, map[string]any{
				"version": "4.13.8", "callboard": map[string]any{"version": "1.0.0", "epoch": s.epoch},
				"company_information": map[string]any{"name": "Fake Studio"}, "user_information": map[string]any{"id": "ada"},
			})
		case "query":
			results = append(results, wire.PageOf(s.query(op.Expression), nil))
		case "update":
			s.update(domain.NotificationID(op.EntityKey[0]), op.EntityData)
			results, changed = append(results, wire.Answer{Action: "update", Data: map[string]any{}}), true
		default:
			return nil, false, wire.UnknownAction(op.Action)
		}
	}
	return results, changed, nil
}

func (s *Server) refusal(op wire.Operation) error {
	if op.Action != "update" {
		return nil
	}
	id := domain.NotificationID(op.EntityKey[0])
	if err := s.refused[id]; err != nil {
		return err
	}
	if _, known := s.rows[id]; !known {
		return domain.Errorf(domain.NotFound, "there is no notification %s", id)
	}
	return nil
}

var inboxQuery = regexp.MustCompile(`^select .* from Notification where seq > (\d+) order by seq( descending)? limit (\d+)$`)

func (s *Server) query(expression string) []wire.Entity {
	if strings.Contains(expression, " from User where ") {
		return []wire.Entity{{Type: "User", Key: []string{"id"}, Values: map[string]any{"id": "ada", "username": "ada"}}}
	}
	form := inboxQuery.FindStringSubmatch(expression)
	if form == nil {
		return nil
	}
	after, _ := strconv.ParseInt(form[1], 10, 64)
	limit, _ := strconv.Atoi(form[3])
	var found []domain.Notification
	for _, row := range s.rows {
		if row.Seq > after {
			found = append(found, row)
		}
	}
	slices.SortFunc(found, func(a, b domain.Notification) int { return cmp.Compare(a.Seq, b.Seq) })
	if form[2] != "" {
		slices.Reverse(found)
	}
	entities := make([]wire.Entity, 0, min(limit, len(found)))
	for _, row := range found[:min(limit, len(found))] {
		entities = append(entities, entity(row))
	}
	return entities
}

func (s *Server) update(id domain.NotificationID, data map[string]any) {
	row := s.rows[id]
	for name, value := range data {
		var at *time.Time
		if moment, ok := value.(time.Time); ok {
			at = &moment
		}
		switch name {
		case "read_at":
			row.ReadAt = at
		case "done_at":
			row.DoneAt = at
		case "snoozed_until":
			row.SnoozedUntil = at
		case "snooze_until_change":
			row.SnoozeUntilChange = value == true
		}
	}
	s.seq++
	row.Seq = s.seq
	s.rows[id] = row
}

// entity is a row as a query answers it.
func entity(row domain.Notification) wire.Entity {
	first, last, _ := strings.Cut(row.Actor.Name, " ")
	values := map[string]any{
		"id": string(row.ID), "seq": row.Seq, "event_key": row.EventKey, "kind": string(row.Kind), "kinds": asJSON(row.Kinds),
		"reasons": asJSON(row.Reasons), "subject": asJSON(row.Subject), "summary": row.Summary, "created_at": row.CreatedAt,
		"read_at": row.ReadAt, "done_at": row.DoneAt, "snoozed_until": row.SnoozedUntil,
		"snooze_until_change": row.SnoozeUntilChange, "removed_at": row.RemovedAt,
	}
	if row.Actor.ID != "" {
		values["actor"] = wire.Entity{Type: "User", Key: []string{"id"}, Values: map[string]any{
			"id": string(row.Actor.ID), "first_name": first, "last_name": last,
		}}
	}
	return wire.Entity{Type: "Notification", Key: []string{"id"}, Values: values}
}

// asJSON is a value as an attribute of any form travels.
func asJSON(value any) json.RawMessage {
	text, err := json.Marshal(value)
	if err != nil { // the values are ours
		panic(err)
	}
	return text
}
