package tracker

import (
	"context"
	"encoding/json"
	"fmt"

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
	if asked.Version != nil {
		version, _ := schema.ByName("AssetVersion")
		if _, err := r.find(ctx, version, []string{*asked.Version}); err != nil {
			return nil, err
		}
	}
	data, err := json.Marshal(encoding{
		Description: "Encode " + text(source.Values, "name") + text(source.Values, "file_type"), Output: []output{},
		Source: asked.Component, Version: asked.Version, KeepOriginal: asked.Keep != false,
	})
	if err != nil {
		return nil, domain.Errorf(domain.Internal, "write the data of a job: %w", err)
	}
	t, _ := schema.ByName("Job")
	job, err := r.insert(ctx, t, map[string]any{
		"id": uuid.NewString(), "status": "queued", "user_id": string(r.caller.UserID), "created_at": r.now, "data": string(data),
	})
	if err != nil {
		return nil, err
	}
	id := text(job.Values, "id")
	return map[string]any{"job_id": id}, r.enqueue(ctx, JobEncode, id, r.now, EncodeJob{id})
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
	// Meta is JSON, what clients want to know of it beforehand.
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
	ended, err := e.ended("failed")
	if err == nil {
		_, err = t.Do(ctx, Caller{}, []wire.Operation{ended}, wire.Mode{Strict: true})
	}
	return err
}

// EndEncoding makes known what came of an encoding, all at once: the components, the version's thumbnail
// where it has none, and that the job is done. sentence may be empty.
func (t *Tracker) EndEncoding(ctx context.Context, e Encoding, made []Reviewable, sentence string) error {
	e.data.Message = sentence
	var ops []wire.Operation
	for _, m := range made {
		e.data.Output = append(e.data.Output, output{m.Format, string(m.ID)})
		ops = append(ops, e.known(m)...)
	}
	if !e.KeepOriginal {
		ops = append(ops, wire.Operation{Action: "delete", EntityType: "FileComponent", EntityKey: []string{e.data.Source}})
	}
	ended, err := e.ended("done")
	if err != nil {
		return err
	}
	return t.write(ctx, Caller{}, wire.Mode{Strict: true}, func(r *request) error {
		first, err := r.encoded(ctx, e, made)
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

// known are the operations that make a reviewable known.
func (e Encoding) known(m Reviewable) []wire.Operation {
	component := map[string]any{
		"id": string(m.ID), "name": m.Name, "file_type": m.Ending, "size": float64(m.Size), "metadata": map[string]any{"ftr_meta": m.Meta},
	}
	if e.data.Version != nil {
		component["version_id"] = *e.data.Version
	}
	return []wire.Operation{
		{Action: "create", EntityType: "FileComponent", EntityData: component},
		{Action: "create", EntityType: "ComponentLocation", EntityData: map[string]any{
			"component_id": string(m.ID), "location_id": serverLocation, "resource_identifier": string(m.ID),
		}},
		{Action: "create", EntityType: "JobComponent", EntityData: map[string]any{"component_id": string(m.ID), "job_id": e.Job}},
	}
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
