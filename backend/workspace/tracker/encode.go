package tracker

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

// JobEncode is the kind of the outbox jobs that make media ready for reviews; EncodeJob is their body.
const JobEncode = "media.encode"

// EncodeJob names the Job that tells its person how the encoding goes.
type EncodeJob struct {
	Job string `json:"job"`
}

// serverLocation is where the files lie that the server keeps itself.
const serverLocation = "3a372bde-05bc-11e4-8908-20c9d081909b"

// encoding is the data of the Job, which clients read.
type encoding struct {
	Description  string   `json:"description"`
	Output       []output `json:"output"`
	Source       string   `json:"source_component_id"`
	Version      *string  `json:"version_id"`
	KeepOriginal bool     `json:"keep_original"`
	// Message is one sentence on how it ended, where there is something to say.
	Message string `json:"message,omitempty"`
}

type output struct {
	Format    string `json:"format"`
	Component string `json:"component_id"`
}

// encodeMedia makes a Job of preparing a component's file for reviews, and has the worker do it after the
// commit.
func (r *request) encodeMedia(ctx context.Context, op wire.Operation) (any, error) {
	var asked struct {
		Component string  `json:"component_id"`
		Version   *string `json:"version_id"`
		Keep      any     `json:"keep_original"` // the Python client's "auto" has become a bool by now
	}
	if err := arguments(op, &asked); err != nil {
		return nil, err
	}
	source, err := r.mayStore(ctx, asked.Component)
	if err != nil {
		return nil, err
	}
	if source == nil {
		return nil, domain.Errorf(domain.NotFound, "there is no such FileComponent")
	}
	if asked.Version != nil {
		version, _ := schema.ByName("AssetVersion")
		row, err := r.find(ctx, version, []string{*asked.Version})
		if err != nil {
			return nil, err
		}
		if err := r.permitChange(ctx, row, nil, "thumbnail_id"); err != nil {
			return nil, err
		}
	}
	id := uuid.NewString()
	expected := expect(source, id)
	data, err := json.Marshal(encoding{
		Description: "Encode " + text(source.Values, "name") + text(source.Values, "file_type"),
		Output:      []output{{expected.Format, string(expected.ID)}},
		Source:      asked.Component, Version: asked.Version, KeepOriginal: asked.Keep != false,
	})
	if err != nil {
		return nil, domain.Errorf(domain.Internal, "write the data of a job: %w", err)
	}
	if err := r.promise(ctx, expected, asked.Version); err != nil {
		return nil, err
	}
	t, _ := schema.ByName("Job")
	err = r.insert(ctx, t, map[string]any{
		"id": id, "status": "queued", "user_id": string(r.caller.UserID), "created_at": r.now, "data": string(data),
	})
	if err != nil {
		return nil, err
	}
	return map[string]any{"job_id": id}, r.enqueue(ctx, JobEncode, id, r.now, EncodeJob{id})
}

// The names of reviewables, by which clients know them.
const (
	ReviewPicture     = "ftrackreview-image"
	ReviewHighPicture = "ftrackreview-image-high"
	ReviewMovie       = "ftrackreview-mp4"
)

// expect is what will most likely come of a file: the job names it from the beginning, because scripts
// read it there without waiting.
func expect(source *store.Row, job string) Reviewable {
	switch strings.ToLower(text(source.Values, "file_type")) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp":
		return Reviewable{ID: OutputID(job, ReviewPicture), Name: ReviewPicture, Ending: ".jpg", Format: "image/jpeg"}
	default:
		return Reviewable{ID: OutputID(job, ReviewMovie), Name: ReviewMovie, Ending: ".mp4", Format: "video/mp4"}
	}
}

// OutputID is the id of what an encoding makes: the same however often it is tried.
func OutputID(job, name string) domain.ComponentID {
	return domain.ComponentID(uuid.NewSHA1(uuid.NameSpaceURL, []byte(job+"/"+name)).String())
}

// promise makes a component whose file is still to come.
func (r *request) promise(ctx context.Context, m Reviewable, version *string) error {
	t, _ := schema.ByName("FileComponent")
	values := map[string]any{"id": string(m.ID), "name": m.Name, "file_type": m.Ending}
	if version != nil {
		values["version_id"] = *version
	}
	return r.insert(ctx, t, values)
}

// Encoding is media that the worker is to prepare for reviews.
type Encoding struct {
	Job          string
	Component    domain.ComponentID
	KeepOriginal bool

	data encoding
}

// Reviewable is a component that came of an encoding. Its file is stored already.
type Reviewable struct {
	ID domain.ComponentID
	// Name is one by which clients know reviewables: ftrackreview-image.
	Name string
	// Ending is the file's, with its dot; Format its media type.
	Ending, Format string
	Size           int64
	// Meta is JSON, what clients want to know of it beforehand; "" where nobody knows it.
	Meta string
	// Picture is true for what can stand for the version in lists.
	Picture bool
}

// BeginEncoding says that a job is under way. ok is false where there is nothing left to do: the work was
// done by a worker that died before it could say so, or nobody wants it any more.
func (t *Tracker) BeginEncoding(ctx context.Context, job string) (e Encoding, ok bool, err error) {
	var row *store.Row
	err = t.cfg.Store.Read(ctx, func(tx *store.Tx) error {
		row, err = tx.Get(ctx, "Job", job)
		return err
	})
	if domain.CodeOf(err) == domain.NotFound {
		return e, false, nil
	}
	if err != nil {
		return e, false, err
	}
	if status := row.Values["status"]; status != "queued" && status != "running" {
		return e, false, nil
	}
	e.Job = job
	if err := json.Unmarshal([]byte(text(row.Values, "data")), &e.data); err != nil {
		return e, false, t.FailEncoding(ctx, e, "The data of this job cannot be read.")
	}
	e.Component, e.KeepOriginal = domain.ComponentID(e.data.Source), e.data.KeepOriginal
	_, err = t.Do(ctx, Caller{}, []wire.Operation{changeOf("Job", job, map[string]any{"status": "running"})}, wire.Mode{Strict: true})
	return e, err == nil, err
}

// FailEncoding ends a job with a sentence for its person.
func (t *Tracker) FailEncoding(ctx context.Context, e Encoding, sentence string) error {
	e.data.Message = sentence
	return t.write(ctx, Caller{}, wire.Mode{Strict: true}, func(r *request) error {
		ops, err := r.unkept(ctx, &e, nil)
		if err != nil {
			return err
		}
		ended, err := e.ended("failed")
		if err == nil {
			_, err = r.run(ctx, append(ops, ended))
		}
		return err
	})
}

// unkept are the operations that take back what was promised and not made. The output is empty then.
func (r *request) unkept(ctx context.Context, e *Encoding, made []Reviewable) ([]wire.Operation, error) {
	var ops []wire.Operation
	for _, o := range e.data.Output {
		if slices.ContainsFunc(made, func(m Reviewable) bool { return string(m.ID) == o.Component }) {
			continue
		}
		_, err := r.tx.Get(ctx, "FileComponent", o.Component)
		if domain.CodeOf(err) == domain.NotFound {
			continue // its person deleted it
		}
		if err != nil {
			return nil, err
		}
		ops = append(ops, wire.Operation{Action: "delete", EntityType: "FileComponent", EntityKey: []string{o.Component}})
	}
	e.data.Output = []output{}
	return ops, nil
}

// EndEncoding makes known what came of an encoding, all at once: the components, the version's thumbnail
// where it has none, and that the job is done. sentence may be empty.
func (t *Tracker) EndEncoding(ctx context.Context, e Encoding, made []Reviewable, sentence string) error {
	e.data.Message = sentence
	return t.write(ctx, Caller{}, wire.Mode{Strict: true}, func(r *request) error {
		ops, err := r.unkept(ctx, &e, made)
		if err != nil {
			return err
		}
		for _, m := range made {
			e.data.Output = append(e.data.Output, output{m.Format, string(m.ID)})
			known, err := r.known(ctx, e, m)
			if err != nil {
				return err
			}
			ops = append(ops, known...)
		}
		if !e.KeepOriginal {
			ops = append(ops, wire.Operation{Action: "delete", EntityType: "FileComponent", EntityKey: []string{e.data.Source}})
		}
		first, err := r.encoded(ctx, e, made)
		if err != nil {
			return err
		}
		ended, err := e.ended("done")
		if err == nil {
			_, err = r.run(ctx, append(append(ops, first...), ended))
		}
		return err
	})
}

// encoded notes that a version can be looked at, and gives it a thumbnail where it has none.
func (r *request) encoded(ctx context.Context, e Encoding, made []Reviewable) ([]wire.Operation, error) {
	if e.data.Version == nil {
		return nil, nil
	}
	version, err := r.get(ctx, "AssetVersion", *e.data.Version)
	if err != nil {
		return nil, err
	}
	r.updates = append(r.updates, &update{action: actionEncoded, row: version})
	for _, m := range made {
		if m.Picture && text(version.Values, "thumbnail_id") == "" {
			return []wire.Operation{changeOf("AssetVersion", *e.data.Version, map[string]any{"thumbnail_id": string(m.ID)})}, nil
		}
	}
	return nil, nil
}

// known are the operations that make a reviewable known, or say more of one that was promised.
func (r *request) known(ctx context.Context, e Encoding, m Reviewable) ([]wire.Operation, error) {
	component := map[string]any{
		"name": m.Name, "file_type": m.Ending, "size": float64(m.Size),
	}
	if m.Meta != "" {
		component["metadata"] = map[string]any{"ftr_meta": m.Meta}
	}
	op := changeOf("FileComponent", string(m.ID), component)
	switch _, err := r.tx.Get(ctx, "FileComponent", string(m.ID)); domain.CodeOf(err) {
	case "":
	case domain.NotFound:
		component["id"] = string(m.ID)
		if e.data.Version != nil {
			component["version_id"] = *e.data.Version
		}
		op = wire.Operation{Action: "create", EntityType: "FileComponent", EntityData: component}
	default:
		return nil, err
	}
	return []wire.Operation{
		op,
		{Action: "create", EntityType: "ComponentLocation", EntityData: map[string]any{
			"component_id": string(m.ID), "location_id": serverLocation, "resource_identifier": string(m.ID),
		}},
		{Action: "create", EntityType: "JobComponent", EntityData: map[string]any{"component_id": string(m.ID), "job_id": e.Job}},
	}, nil
}

// ended is the operation that ends the job.
func (e Encoding) ended(status string) (wire.Operation, error) {
	data, err := json.Marshal(e.data)
	if err != nil {
		return wire.Operation{}, fmt.Errorf("write the data of a job: %w", err)
	}
	return changeOf("Job", e.Job, map[string]any{"status": status, "data": string(data)}), nil
}

func changeOf(entity, id string, data map[string]any) wire.Operation {
	return wire.Operation{Action: "update", EntityType: entity, EntityKey: []string{id}, EntityData: data}
}
