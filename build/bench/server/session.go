package server

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"time"

	"github.com/callboard/callboard/build/bench/figures"
)

// conformance is where the official client is installed, from the top of the repository.
const conformance = "backend/workspace/testdata/conformance"

// starter starts sessions of the official client and prints how long each took.
//
//go:embed session.mjs
var starter string

// sessions times what a client does first: asking for the schemas, and the whole start of an official one.
func (b *bench) sessions(ctx context.Context) ([]figures.Figure, error) {
	c := b.as(b.show.Artist)
	var took []float64
	size := 0
	for range asked {
		began := time.Now()
		answer, err := c.call(ctx, map[string]any{"action": "query_schemas"})
		if err != nil {
			return nil, err
		}
		size = len(answer)
		took = append(took, figures.Milliseconds(time.Since(began)))
	}
	found := []figures.Figure{
		{What: fmt.Sprintf("query_schemas, %d KiB before compression, p99", size>>10), Measured: figures.Part(took, 0.99), Bar: 5, Unit: "ms"},
		{What: "  median", Measured: figures.Part(took, 0.5), Unit: "ms"},
	}
	command := exec.CommandContext(ctx, "node", "--input-type=module", "--eval", starter)
	command.Dir = conformance
	command.Env = append(os.Environ(), "CALLBOARD_URL="+b.url, "CALLBOARD_USER="+b.show.Artist.Username, "CALLBOARD_KEY="+b.show.Artist.Key)
	var said bytes.Buffer
	command.Stderr = &said
	text, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("start sessions of the official client: %w\n%s", err, &said)
	}
	var starts []float64
	if err := json.Unmarshal(text, &starts); err != nil {
		return nil, fmt.Errorf("%s: %w", text, err)
	}
	return append(found,
		figures.Figure{What: "start of an official session, p99", Measured: figures.Part(starts[1:], 0.99), Bar: 100, Unit: "ms"},
		figures.Figure{What: "  the first of its process", Measured: starts[0], Bar: 100, Unit: "ms"},
		figures.Figure{What: "  median", Measured: figures.Part(starts[1:], 0.5), Unit: "ms"}), nil
}
