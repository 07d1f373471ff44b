package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/callboard/callboard/build/bench/figures"
)

// way is how one note travelled: when it was sent, when the server answered, when the bus carried its
// toast.
type way struct{ began, answered, shown time.Time }

// step is a line of the app's trace: when it asked the server after a hint, had the rows, and had them
// in its copy.
type step struct {
	Msg                  string
	Asked, Fetched, Kept time.Time
}

// parts takes the ways apart by the app's own trace. The hint may overtake the server's answer to the
// writer, so it is counted from the commit's earlier end.
func parts(ways []way, log string) ([]figures.Figure, error) {
	trace, err := steps(log)
	if err != nil {
		return nil, err
	}
	var whole, commit, hint, fetch, keep, toast []float64
	for _, w := range ways {
		whole = append(whole, figures.Milliseconds(w.shown.Sub(w.began)))
		for _, s := range trace {
			if s.Asked.Before(w.began) || s.Kept.After(w.shown) {
				continue
			}
			committed := w.answered
			if s.Asked.Before(committed) {
				committed = s.Asked
			}
			commit = append(commit, figures.Milliseconds(committed.Sub(w.began)))
			hint = append(hint, figures.Milliseconds(s.Asked.Sub(committed)))
			fetch = append(fetch, figures.Milliseconds(s.Fetched.Sub(s.Asked)))
			keep = append(keep, figures.Milliseconds(s.Kept.Sub(s.Fetched)))
			toast = append(toast, figures.Milliseconds(w.shown.Sub(s.Kept)))
			break
		}
	}
	if len(commit) == 0 {
		return nil, fmt.Errorf("%s traces none of the notes", log)
	}
	return []figures.Figure{
		{What: "note to toast, median", Measured: figures.Part(whole, 0.5), Bar: 40, Unit: "ms"},
		{What: "note to toast, p99", Measured: figures.Part(whole, 0.99), Bar: 120, Unit: "ms"},
		{What: "  commit, median", Measured: figures.Part(commit, 0.5), Unit: "ms"},
		{What: "  hint, median", Measured: figures.Part(hint, 0.5), Unit: "ms"},
		{What: "  fetch, median", Measured: figures.Part(fetch, 0.5), Unit: "ms"},
		{What: "  cache, median", Measured: figures.Part(keep, 0.5), Unit: "ms"},
		{What: "  toast, median", Measured: figures.Part(toast, 0.5), Unit: "ms"},
	}, nil
}

func steps(log string) ([]step, error) {
	text, err := os.ReadFile(log)
	if err != nil {
		return nil, err
	}
	var trace []step
	for line := range strings.Lines(string(text)) {
		var s step
		if json.Unmarshal([]byte(line), &s) == nil && s.Msg == "rows taken in" {
			trace = append(trace, s)
		}
	}
	return trace, nil
}
