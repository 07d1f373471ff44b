package workspace

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/demo"
	"github.com/callboard/callboard/backend/workspace/media"
	"github.com/callboard/callboard/backend/workspace/tracker"
)

// studio is the server as the demo's people use it: the same doors as everybody's, without the wire.
type studio struct {
	tracker *tracker.Tracker
	media   *media.Media
	clock   *clock
	// filling is true while the demo is filled and nobody is served yet: only then may time stand still.
	filling bool
}

// Do implements demo.Studio.
func (s *studio) Do(ctx context.Context, by domain.UserID, at time.Time, ops []wire.Operation) error {
	if s.filling {
		s.clock.hold(at)
		defer s.clock.release()
	}
	_, err := s.tracker.Do(ctx, callerOf(by), ops, wire.Mode{Strict: true})
	return err
}

// Ask implements demo.Studio. The answer takes the way of the wire, so that the demo sees what any
// client would.
func (s *studio) Ask(ctx context.Context, by domain.UserID, expression string) ([]map[string]any, error) {
	mode := wire.Mode{Strict: true, Denormalize: true}
	results, err := s.tracker.Do(ctx, callerOf(by), []wire.Operation{{Action: "query", Expression: expression}}, mode)
	if err != nil {
		return nil, err
	}
	text, err := wire.EncodeAnswers(results, mode)
	if err != nil {
		return nil, err
	}
	var answers []struct {
		Data []map[string]any `json:"data"`
	}
	if err := json.Unmarshal(text, &answers); err != nil {
		return nil, fmt.Errorf("read the answer to %q: %w", expression, err)
	}
	return answers[0].Data, nil
}

// Keep implements demo.Studio.
func (s *studio) Keep(ctx context.Context, id domain.ComponentID, content io.Reader) error {
	return s.media.Put(ctx, id, content)
}

// callerOf is one of the demo's people as the tracker knows callers; the zero id is the server itself.
func callerOf(by domain.UserID) tracker.Caller {
	for _, person := range demo.People {
		if person.ID() == by {
			return tracker.Caller{UserID: by, Username: person.Username}
		}
	}
	return tracker.Caller{UserID: by}
}
