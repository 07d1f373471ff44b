package demo

import (
	"math/rand/v2"
	"time"
)

// The priorities of a task, the most urgent first; most tasks have the last.
var priorities = []string{"Urgent", "High", "Medium", "Low", "None"}

// plan is where a task stands when the show begins.
type plan struct {
	task       task
	status     string
	priority   string
	start, due time.Time
	versions   []publication // the first one first
	moved      *move         // how it came to its status in the last days; nil where that is long ago
}

// publication is one version.
type publication struct {
	at              time.Time
	comment, status string
}

// move is a change of status.
type move struct {
	at time.Time
	by string // username
}

// stage says of a status how far from today such a task is due, in days, which status it had before, and
// whether a supervisor gives it.
var stages = map[string]struct {
	soonest, latest int
	after           string
	judged          bool
}{
	notStarted: {9, 34, "", false},
	ready:      {4, 20, "", false},
	inProgress: {-2, 12, ready, false},
	inReview:   {-1, 4, inProgress, false},
	revise:     {-3, 5, inReview, true},
	approved:   {-14, -3, inReview, true},
}

// before is the status the task is made with.
func (p plan) before() string {
	if p.moved == nil {
		return p.status
	}
	return stages[p.status].after
}

// planned says where every task stands: the same show every time, but for the days, which lie around now.
func planned(now time.Time) []plan {
	dice := rand.New(rand.NewPCG(11, 23))
	progress := []string{notStarted, ready, inProgress, inProgress, inReview, revise, approved}
	all := tasks()
	work := make([]plan, len(all))
	for i, t := range all {
		p := plan{task: t, status: progress[dice.IntN(len(progress))], priority: priorities[len(priorities)-1]}
		if dice.IntN(3) == 0 {
			p.priority = priorities[dice.IntN(len(priorities))]
		}
		stage := stages[p.status]
		p.due = day(now, stage.soonest+dice.IntN(stage.latest-stage.soonest+1))
		p.start = p.due.AddDate(0, 0, -int(t.craft.days)-2)
		if stage.after != "" && dice.IntN(3) > 0 {
			p.moved = &move{at: worked(now, dice.IntN(6), dice), by: t.artist}
			if stage.judged {
				p.moved.by = "tomas"
			}
		}
		p.versions = p.published(now, dice)
		work[i] = p
	}
	return work
}

// published are the versions of a task, the last one lately; one that nobody has begun has a first try.
func (p plan) published(now time.Time, dice *rand.Rand) []publication {
	count := 1 + dice.IntN(3)
	ago := dice.IntN(8)
	if p.status == notStarted || p.status == ready {
		count = 1
		ago += 3
	}
	all := make([]publication, count)
	for i := range all {
		last := i == count-1
		v := publication{at: worked(now, ago+3*(count-1-i), dice), comment: comments[dice.IntN(len(comments))], status: revise}
		switch {
		case last && p.status == approved:
			v.status = approved
		case last && p.status != revise:
			v.status = inReview
		}
		if i > 0 && v.at.Before(all[i-1].at) {
			v.at = all[i-1].at.Add(time.Hour)
		}
		all[i] = v
	}
	return all
}

// day is a working day about so many days from now, without a time of day.
func day(now time.Time, days int) time.Time {
	year, month, date := now.AddDate(0, 0, days).Date()
	at := time.Date(year, month, date, 0, 0, 0, 0, time.UTC)
	switch {
	case at.Weekday() == time.Saturday:
		return at.AddDate(0, 0, -1)
	case at.Weekday() == time.Sunday && days > 0:
		return at.AddDate(0, 0, 1)
	case at.Weekday() == time.Sunday:
		return at.AddDate(0, 0, -2)
	default:
		return at
	}
}

// worked is a moment in working hours so many days ago, and at least an hour ago.
func worked(now time.Time, days int, dice *rand.Rand) time.Time {
	year, month, date := now.AddDate(0, 0, -days).Date()
	at := time.Date(year, month, date, opens+dice.IntN(closes-opens), dice.IntN(60), 0, 0, now.Location())
	for at.After(now.Add(-time.Hour)) || at.Weekday() == time.Sunday {
		at = at.AddDate(0, 0, -1)
	}
	return at
}
