package server

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/callboard/callboard/build/bench/figures"
)

const (
	writers = 8
	writing = 10 * time.Second
)

// write has people write notes at once, each with one recipient, who gets a notification, durably.
func (b *bench) write(ctx context.Context) ([]figures.Figure, error) {
	began := time.Now()
	took := make([][]float64, writers)
	errs := make([]error, writers)
	var all sync.WaitGroup
	for i := range writers {
		all.Go(func() { took[i], errs[i] = b.writer(ctx, i, began.Add(writing)) })
	}
	all.Wait()
	elapsed := time.Since(began).Seconds()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	var each []float64
	for _, t := range took {
		each = append(each, t...)
	}
	return []figures.Figure{
		{What: fmt.Sprintf("notes with a recipient and notification, %d clients", writers), Measured: float64(len(each)) / elapsed, Bar: b.notes, Unit: "/s", Least: true},
		{What: "  one of them, median", Measured: figures.Part(each, 0.5), Unit: "ms"},
		{What: "  one of them, p99", Measured: figures.Part(each, 0.99), Unit: "ms"},
	}, nil
}

func (b *bench) writer(ctx context.Context, number int, until time.Time) ([]float64, error) {
	who := b.show.Crew[number]
	c := b.as(who)
	var took []float64
	for i := number; time.Now().Before(until); i += writers {
		id := uuid.NewString()
		to := b.show.Crew[(number+1)%len(b.show.Crew)]
		began := time.Now()
		_, err := c.call(ctx,
			create("Note", map[string]any{"id": id, "content": fmt.Sprintf("Note %d of many.", i), "parent_id": b.show.Tasks[i%len(b.show.Tasks)], "parent_type": "Task"}),
			create("Recipient", map[string]any{"note_id": id, "resource_id": to.ID}))
		if err != nil {
			return nil, err
		}
		took = append(took, figures.Milliseconds(time.Since(began)))
	}
	return took, nil
}
