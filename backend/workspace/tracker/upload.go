package tracker

import (
	"context"
	"encoding/json"
	"mime"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

// Files are the contents of components, and the tickets that let a client send and fetch them.
type Files interface {
	// Offer gives out the tickets for an upload.
	Offer(Upload) (Offer, error)
	// Join makes the parts of an upload the file of its component.
	Join(id domain.ComponentID, ticket string, parts []Part) error
	// Link gives a ticket to read a component's file.
	Link(id domain.ComponentID) (string, error)
}

// Upload is a file that somebody announces.
type Upload struct {
	Component domain.ComponentID
	Size      int64 // in bytes
	Parts     int   // 0: all at once
	Checksum  string
	// Square is the part to be stored of a picture, as somebody's portrait; nil stores the file as it is.
	Square *domain.Square
}

// Offer is what an upload needs.
type Offer struct {
	Upload string
	Join   string   // joins the parts; "" for a file that comes at once
	Put    []string // tickets to send with, one a part
	Ends   time.Time
}

// Part is one part of an upload as its client knows it.
type Part struct {
	Number int
	Tag    string
}

// JobAbandon is the kind of the jobs that remove what is left of uploads; AbandonJob is their body.
const JobAbandon = "media.abandon"

// AbandonJob names an upload of which nothing can come any more, and the component it was for.
type AbandonJob struct {
	Upload    string             `json:"upload"`
	Component domain.ComponentID `json:"component"`
}

// uploadMetadata answers where to send the file of a component. The component may have been made by this
// very request; addresses of a request that fails are never heard of.
func (r *request) uploadMetadata(ctx context.Context, op wire.Operation) (any, error) {
	var asked struct {
		Component string `json:"component_id"`
		Name      string `json:"file_name"`
		Size      *int64 `json:"file_size"`
		Checksum  string `json:"checksum"`
		Parts     int    `json:"parts"`
		// Square is Callboard's own: others' servers store the file as it is.
		Square *domain.Square `json:"square"`
	}
	if err := arguments(op, &asked); err != nil {
		return nil, err
	}
	component, err := r.mayStore(ctx, asked.Component)
	if err != nil {
		return nil, err
	}
	if asked.Size == nil {
		return nil, &domain.Error{Code: domain.Invalid, Field: "file_size", Message: "an upload needs its file_size"}
	}
	offer, err := r.tracker.cfg.Files.Offer(Upload{
		Component: domain.ComponentID(asked.Component), Size: *asked.Size, Parts: asked.Parts, Checksum: asked.Checksum, Square: asked.Square,
	})
	if err != nil {
		return nil, err
	}
	if err := r.enqueue(ctx, JobAbandon, offer.Upload, offer.Ends, AbandonJob{offer.Upload, domain.ComponentID(asked.Component)}); err != nil {
		return nil, err
	}
	if offer.Join == "" {
		headers := map[string]any{"Content-Length": strconv.FormatInt(*asked.Size, 10), "Content-Type": contentType(asked.Name, component)}
		if asked.Checksum != "" {
			headers["Content-MD5"] = asked.Checksum
		}
		return map[string]any{"url": r.uploadURL(offer.Put[0]), "headers": headers, "component_id": asked.Component}, nil
	}
	urls := make([]any, len(offer.Put))
	for i, ticket := range offer.Put {
		urls[i] = map[string]any{"signed_url": r.uploadURL(ticket), "part_number": i + 1}
	}
	return map[string]any{"urls": urls, "upload_id": offer.Join, "component_id": asked.Component}, nil
}

func (r *request) uploadURL(ticket string) string {
	return r.tracker.cfg.BaseURL + "/upload?ticket=" + url.QueryEscape(ticket)
}

// contentType is what a file's name says it is. It is for the client to send along; what is served later
// goes by the bytes.
func contentType(name string, component *store.Row) string {
	ending := filepath.Ext(name)
	if ending == "" && component != nil {
		ending = "." + strings.TrimPrefix(text(component.Values, "file_type"), ".")
	}
	if kind := mime.TypeByExtension(strings.ToLower(ending)); kind != "" {
		return kind
	}
	return "application/octet-stream"
}

// completeUpload joins the parts of an upload.
func (r *request) completeUpload(ctx context.Context, op wire.Operation) (any, error) {
	var asked struct {
		Component string `json:"component_id"`
		Upload    string `json:"upload_id"`
		Parts     []struct {
			Number int    `json:"part_number"`
			Tag    string `json:"e_tag"`
		} `json:"parts"`
	}
	if err := arguments(op, &asked); err != nil {
		return nil, err
	}
	if _, err := r.mayStore(ctx, asked.Component); err != nil {
		return nil, err
	}
	parts := make([]Part, len(asked.Parts))
	for i, p := range asked.Parts {
		parts[i] = Part{p.Number, strings.Trim(p.Tag, `"`)}
	}
	if err := r.tracker.cfg.Files.Join(domain.ComponentID(asked.Component), asked.Upload, parts); err != nil {
		return nil, err
	}
	return map[string]any{
		"action": op.Action, "component_id": asked.Component,
		"url": r.tracker.cfg.BaseURL + "/component/get?id=" + url.QueryEscape(asked.Component),
	}, nil
}

// signedURL answers an address that reads a component's file without credentials, for a while.
func (r *request) signedURL(ctx context.Context, op wire.Operation) (any, error) {
	var asked struct {
		Component string `json:"component_id"`
	}
	if err := arguments(op, &asked); err != nil {
		return nil, err
	}
	if _, err := r.component(ctx, asked.Component); err != nil {
		return nil, err
	}
	ticket, err := r.tracker.cfg.Files.Link(domain.ComponentID(asked.Component))
	if err != nil {
		return nil, err
	}
	return map[string]any{"signed_url": r.tracker.cfg.BaseURL + "/component/get?ticket=" + url.QueryEscape(ticket)}, nil
}

// component reads a component that the caller sees.
func (r *request) component(ctx context.Context, id string) (*store.Row, error) {
	if r.tracker.cfg.Files == nil {
		return nil, domain.Errorf(domain.Unsupported, "no files are kept here")
	}
	if id == "" {
		return nil, &domain.Error{Code: domain.Invalid, Field: "component_id", Message: "the operation needs a component_id"}
	}
	t, _ := schema.ByName("Component")
	return r.find(ctx, t, []string{id})
}

// mayStore reads a component whose file the caller may replace. It is nil for one that is still to be
// made: the Python client sends the file first.
func (r *request) mayStore(ctx context.Context, id string) (*store.Row, error) {
	row, err := r.component(ctx, id)
	if domain.CodeOf(err) == domain.NotFound && uuid.Validate(id) == nil {
		return nil, r.mayPromise(ctx, id, err)
	}
	if err != nil {
		return nil, err
	}
	if !row.Type.Is("FileComponent") {
		return nil, domain.Errorf(domain.Invalid, "a %s has no file of its own", row.Type.Name)
	}
	return row, r.permitChange(ctx, row, nil, "size")
}

// mayPromise lets those who may make components send the file of one that nobody has made. For what is
// there, but not for the caller to see, it gives unseen.
func (r *request) mayPromise(ctx context.Context, id string, unseen error) error {
	switch _, err := r.tx.Get(ctx, "Component", id); domain.CodeOf(err) {
	case "":
		return unseen
	case domain.NotFound:
		t, _ := schema.ByName("FileComponent")
		return r.foresee(t, nil)
	default:
		return err
	}
}

// Made says whether a component is there.
func (t *Tracker) Made(ctx context.Context, id domain.ComponentID) (made bool, err error) {
	err = t.cfg.Store.Read(ctx, func(tx *store.Tx) error {
		_, err := tx.Get(ctx, "Component", string(id))
		made = err == nil
		if domain.CodeOf(err) == domain.NotFound {
			return nil
		}
		return err
	})
	return made, err
}

// MayStore says whether somebody may replace or remove the file of a component: nil, or why not.
func (t *Tracker) MayStore(ctx context.Context, caller Caller, id domain.ComponentID) error {
	return t.read(ctx, caller, wire.Mode{}, func(r *request) error {
		if err := r.rank(ctx); err != nil {
			return err
		}
		_, err := r.mayStore(ctx, string(id))
		return err
	})
}

// arguments reads the fields that only one action knows.
func arguments(op wire.Operation, into any) error {
	fields, err := json.Marshal(op.Rest)
	if err == nil {
		err = json.Unmarshal(fields, into)
	}
	if err != nil {
		return domain.Errorf(domain.Invalid, "the fields of %s cannot be read: %w", op.Action, err)
	}
	return nil
}

// enqueue puts a job into the outbox, once for its key.
func (r *request) enqueue(ctx context.Context, kind, key string, due time.Time, body any) error {
	content, err := json.Marshal(body)
	if err != nil {
		return domain.Errorf(domain.Internal, "write the body of a %s job: %w", kind, err)
	}
	return r.tx.EnqueueJob(ctx, store.Job{ID: kind + ":" + key, Kind: kind, Body: content, DueAt: due})
}
