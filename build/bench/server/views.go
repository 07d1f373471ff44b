package server

import (
	"context"
	"fmt"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack"
	"github.com/callboard/callboard/build/bench/figures"
)

// viewed is how often each of the app's views is asked for.
const viewed = 20

// views times what the app asks for its views of the production, with its own client: all questions of each,
// and reading the answers.
func (b *bench) views(ctx context.Context) ([]figures.Figure, error) {
	in := domain.SignIn{Address: b.url, Username: b.show.Artist.Username, Password: Password}
	session, err := ftrack.SignIn(ctx, ftrack.Config{Device: "bench"}, in)
	if err != nil {
		return nil, err
	}
	client := ftrack.New(ftrack.Config{Address: b.url, Token: session.Token})
	tasks, happened := 0, 0
	var found []figures.Figure
	for _, view := range []struct {
		what string
		bar  float64
		ask  func() error
	}{
		{"my tasks, asked and read", 200, func() error {
			list, err := client.Tasks(ctx, session.User.ID)
			tasks = len(list.Tasks)
			return err
		}},
		{"the overview, asked and read", 0, func() error {
			overview, err := client.Overview(ctx, session.User.ID, time.Now())
			happened = len(overview.Projects)
			return err
		}},
	} {
		var took []float64
		for range viewed {
			began := time.Now()
			if err := view.ask(); err != nil {
				return nil, fmt.Errorf("%s: %w", view.what, err)
			}
			took = append(took, figures.Milliseconds(time.Since(began)))
		}
		found = append(found,
			figures.Figure{What: view.what + ", slowest", Measured: figures.Part(took, 1), Bar: view.bar, Unit: "ms"},
			figures.Figure{What: "  median", Measured: figures.Part(took, 0.5), Unit: "ms"})
	}
	return append(found, figures.Figure{What: fmt.Sprintf("  of %d tasks in %d projects", tasks, happened), Measured: float64(tasks)}), nil
}
