package workspace

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/media"
	"github.com/callboard/callboard/backend/workspace/tracker"
)

// The edges of the pictures that reviews show: a screen full, and all that a large screen shows.
const (
	reviewEdge     = 1920
	reviewHighEdge = 3840
)

// encode does the job of tracker.JobEncode. A worker that dies in the middle leaves files that nobody knows
// of yet; the next one writes over them, because their ids follow from the job's.
func (r *rooms) encode(ctx context.Context, body json.RawMessage) error {
	var job tracker.EncodeJob
	if err := json.Unmarshal(body, &job); err != nil {
		return domain.Errorf(domain.Invalid, "read the job: %w", err)
	}
	e, todo, err := r.tracker.BeginEncoding(ctx, job.Job)
	if err != nil || !todo {
		return err
	}
	made, sentence, err := r.reviewables(ctx, e)
	if err == nil {
		err = r.tracker.EndEncoding(ctx, e, made, sentence)
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err() // another try has more time
	case err != nil:
		if unsaid := r.tracker.FailEncoding(ctx, e, sentenceOf(err)); unsaid != nil {
			return unsaid // and tried again, all of it
		}
		return refusal(err)
	case !e.KeepOriginal:
		return r.media.Remove(e.Component)
	}
	return nil
}

// reviewables stores what can be made of a file, and says what there is to say of it.
func (r *rooms) reviewables(ctx context.Context, e tracker.Encoding) ([]tracker.Reviewable, string, error) {
	kind, size, err := r.media.KindOf(ctx, e.Component)
	switch {
	case domain.CodeOf(err) == domain.NotFound:
		return nil, "", domain.Errorf(domain.NotFound, "Nothing has been uploaded to this component.")
	case err != nil:
		return nil, "", err
	case kind == media.Picture:
		made, err := r.pictures(ctx, e)
		return made, "", err
	case kind == media.Movie:
		made, err := r.movie(ctx, e, size)
		return made, "The movie was not transcoded: reviews play it as it is.", err
	default:
		return nil, "", domain.Errorf(domain.Unsupported, "This is neither a picture nor a movie that browsers play, so there is nothing to make of it.")
	}
}

// pictures scales a picture to what reviews show.
func (r *rooms) pictures(ctx context.Context, e tracker.Encoding) ([]tracker.Reviewable, error) {
	scaled, err := r.media.Scale(ctx, e.Component, reviewEdge, reviewHighEdge)
	if domain.CodeOf(err) == domain.Unsupported {
		return nil, domain.Errorf(domain.Unsupported, "The picture is damaged, or too large to be decoded.")
	}
	if err != nil {
		return nil, err
	}
	made := make([]tracker.Reviewable, len(scaled))
	for i, s := range scaled {
		name := []string{tracker.ReviewPicture, tracker.ReviewHighPicture}[i]
		made[i] = tracker.Reviewable{
			ID: tracker.OutputID(e.Job, name), Name: name, Ending: s.Ending, Format: s.Format, Size: int64(len(s.Content)), Picture: true,
			Meta: fmt.Sprintf(`{"format":"image","width":%d,"height":%d}`, s.Width, s.Height),
		}
		if err := r.media.Put(ctx, made[i].ID, bytes.NewReader(s.Content)); err != nil {
			return nil, err
		}
	}
	return made, nil
}

// movie makes a movie a reviewable as it is, with what its index tells of it.
func (r *rooms) movie(ctx context.Context, e tracker.Encoding, size int64) ([]tracker.Reviewable, error) {
	made := tracker.Reviewable{ID: tracker.OutputID(e.Job, tracker.ReviewMovie), Name: tracker.ReviewMovie, Ending: ".mp4", Format: "video/mp4", Size: size}
	footage, err := r.media.FootageOf(ctx, e.Component)
	if err != nil {
		return nil, err
	}
	if footage != (media.Footage{}) {
		made.Meta = fmt.Sprintf(`{"frameIn":0,"frameOut":%d,"frameRate":%g,"width":%d,"height":%d}`,
			footage.Frames-1, footage.Rate, footage.Width, footage.Height)
	}
	return []tracker.Reviewable{made}, r.media.Share(ctx, e.Component, made.ID)
}

// refusal is the error of a job that no further try can mend; nil where the person has been told enough.
func refusal(err error) error {
	if code := domain.CodeOf(err); code == domain.Internal {
		return domain.Errorf(domain.Unsupported, "encode media: %w", err)
	}
	return nil
}

// sentenceOf is what a person is told of a failure.
func sentenceOf(err error) string {
	var known *domain.Error
	if errors.As(err, &known) && known.Code != domain.Internal {
		return known.Message
	}
	return "The server failed. Its log has the cause."
}
