package desktop

import (
	"context"
	"slices"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

// overviewRest is how long changes of the production gather before the overview is asked for again: it is
// read at leisure, and costs a server more than a list of tasks.
const overviewRest = 4 * time.Second

// Overview is what goes on in the person's projects, as this computer keeps it. The server is asked in the
// background; what it says follows as an update.
func (d *Desktop) Overview(ctx context.Context) (domain.Overview, error) {
	l, err := d.signedIn(ctx)
	if err != nil {
		return domain.Overview{}, err
	}
	overview, err := l.held.Overview()
	if err != nil {
		return domain.Overview{}, err
	}
	if overview.Projects == nil {
		overview = domain.Overview{
			Projects: []domain.Glance{}, Happened: []domain.Happening{}, Deadlines: []domain.Deadline{}, People: []domain.Colleague{},
		}
	}
	d.concernProjects(l, overview)
	d.soon(&l.overview, 0, func(ctx context.Context) { d.fetchOverview(ctx, l) })
	return d.told(l, overview)
}

// fetchOverview asks the server for the overview, and keeps and tells it.
func (d *Desktop) fetchOverview(ctx context.Context, l *line) {
	if l.token == "" {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, askLimit)
	defer cancel()
	overview, err := l.remote.Overview(ctx, l.userID, d.cfg.Clock())
	if err == nil {
		err = l.held.PutOverview(overview)
	}
	if err == nil {
		d.concernProjects(l, overview)
		if overview, err = d.told(l, overview); err == nil {
			d.heard(l, News{Overview: &domain.OverviewChange{Overview: &overview}})
			return
		}
	}
	if domain.CodeOf(err) != domain.Offline {
		d.cfg.Log.Warn("fetch the overview", "err", err)
	}
	d.heard(l, News{Overview: &domain.OverviewChange{Problem: asError(err)}})
}

// told names, with each thing that happened, the row of the inbox that tells of it.
func (d *Desktop) told(l *line, overview domain.Overview) (domain.Overview, error) {
	keys := make([]string, len(overview.Happened))
	for i, h := range overview.Happened {
		keys[i] = string(h.Kind) + ":" + h.ID
	}
	rows, err := l.held.Telling(keys)
	if err != nil {
		return overview, err
	}
	overview.Happened = slices.Clone(overview.Happened) // others may be reading what was given
	for i := range overview.Happened {
		overview.Happened[i].Item = rows[keys[i]]
	}
	return overview, nil
}
