package workspace

import (
	"context"
	"fmt"
	"sync"

	"github.com/callboard/callboard/backend/workspace/auth"
	"github.com/callboard/callboard/backend/workspace/demo"
)

// stage fills an empty workspace with the demo show, where one is wanted, and gives its people.
func (r *rooms) stage(ctx context.Context, cfg Config, clock *clock) (*demo.Demo, []DemoUser, error) {
	if cfg.Demo == nil {
		return nil, nil, nil
	}
	set := *cfg.Demo
	if set.Clock == nil {
		set.Clock = cfg.Clock
	}
	studio := &studio{tracker: r.tracker, media: r.media, clock: clock, filling: true}
	show, err := demo.New(set, studio)
	if err != nil {
		return nil, nil, err
	}
	if err := show.Fill(ctx); err != nil {
		return nil, nil, err
	}
	studio.filling = false
	users, err := r.cast(ctx, cfg.demoUsers())
	return show, users, err
}

// cast gives the demo's people passwords and keys, once in a data folder. The file is written last:
// where it is missing, whatever was given before is replaced.
func (r *rooms) cast(ctx context.Context, path string) ([]DemoUser, error) {
	users, err := readDemoUsers(path)
	if err != nil || users != nil {
		return users, err
	}
	users = make([]DemoUser, len(demo.People))
	errs := make([]error, len(demo.People))
	var all sync.WaitGroup // hashing a password takes a while by design
	for i, person := range demo.People {
		users[i] = DemoUser{Username: person.Username, Password: newPassword(), APIKey: auth.NewKey(), Role: person.Role}
		all.Go(func() {
			if errs[i] = r.auth.SetPassword(ctx, person.ID(), users[i].Password, ""); errs[i] == nil {
				errs[i] = r.auth.PutKey(ctx, person.ID(), "demo", users[i].APIKey)
			}
		})
	}
	all.Wait()
	for i, err := range errs {
		if err != nil {
			return nil, fmt.Errorf("let %s in: %w", users[i].Username, err)
		}
	}
	return users, writeDemoUsers(path, users)
}
