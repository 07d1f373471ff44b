package domain

import (
	"fmt"
	"slices"
	"time"
)

// QuietHours are the hours of a week in which toasts, sounds and mail wait: for each weekday, by its
// English name in small letters, the spans of that day in the person's own time zone. An absent day has none.
type QuietHours map[string][]Span

// Span is a part of one day, "09:00" to "17:30"; To is the first minute after it, "24:00" at most. What
// lasts over midnight is two spans.
type Span struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// Weekdays are the names of days in QuietHours, Sunday first as time.Weekday counts.
var Weekdays = []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

// minutes of a whole day.
const day = 24 * 60

// maxSpans bounds what is stored of one day.
const maxSpans = 48

// minutes is a span in minutes of the day.
func (s Span) minutes() (from, to int, err error) {
	if from, err = minute(s.From); err != nil {
		return 0, 0, err
	}
	if to, err = minute(s.To); err != nil {
		return 0, 0, err
	}
	if from >= to {
		return 0, 0, fmt.Errorf("%s to %s is no part of one day", s.From, s.To)
	}
	return from, to, nil
}

// minute reads "09:30".
func minute(text string) (int, error) {
	var h, m int
	if n, err := fmt.Sscanf(text, "%02d:%02d", &h, &m); n != 2 || err != nil || len(text) != len("09:30") || h < 0 || m < 0 || m > 59 || h*60+m > day {
		return 0, fmt.Errorf("%q is no time of day such as 09:30", text)
	}
	return h*60 + m, nil
}

func clockText(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

// Normal gives the same hours with the spans of each day in order and those that touch or overlap
// joined, or says what cannot be.
func (q QuietHours) Normal() (QuietHours, error) {
	normal := QuietHours{}
	for name, spans := range q {
		if !slices.Contains(Weekdays, name) {
			return nil, invalidHours("there is no weekday %q; they are called monday to sunday", name)
		}
		if len(spans) > maxSpans {
			return nil, invalidHours("%s has %d spans, which is too many", name, len(spans))
		}
		var busy [day]bool
		for _, span := range spans {
			from, to, err := span.minutes()
			if err != nil {
				return nil, invalidHours("%s: %v", name, err)
			}
			for m := from; m < to; m++ {
				busy[m] = true
			}
		}
		if joined := spansOf(busy); len(joined) > 0 {
			normal[name] = joined
		}
	}
	return normal, nil
}

func spansOf(busy [day]bool) []Span {
	var spans []Span
	for m := 0; m < day; m++ {
		if !busy[m] {
			continue
		}
		from := m
		for m < day && busy[m] {
			m++
		}
		spans = append(spans, Span{From: clockText(from), To: clockText(m)})
	}
	return spans
}

func invalidHours(format string, args ...any) error {
	return &Error{Code: Invalid, Reason: "invalid_quiet_hours", Field: "quiet_hours", Message: fmt.Sprintf(format, args...)}
}

// At says whether an instant lies in the hours, in a time zone. What the clocks skip in spring is not
// missed and what they repeat in autumn counts twice: it is the wall clock that says what is quiet.
func (q QuietHours) At(at time.Time, zone *time.Location) bool {
	at = at.In(zone)
	now := at.Hour()*60 + at.Minute()
	for _, span := range q[Weekdays[at.Weekday()]] {
		if from, to, err := span.minutes(); err == nil && from <= now && now < to {
			return true
		}
	}
	return false
}

// Turn is the next instant after at when quiet begins or ends; the zero time where it never does. It is
// exact to the minute.
func (q QuietHours) Turn(at time.Time, zone *time.Location) time.Time {
	was := q.At(at, zone)
	// Quiet changes only where a span begins or ends, or at midnight.
	local := at.In(zone)
	for ahead := range 9 {
		midnight := time.Date(local.Year(), local.Month(), local.Day()+ahead, 0, 0, 0, 0, zone)
		for _, candidate := range q.edges(midnight, zone) {
			if candidate.After(at) && q.At(candidate, zone) != was {
				return candidate
			}
		}
	}
	return time.Time{}
}

// edges are the instants of one day at which something may change, in order. The hours around a change
// of the clocks are looked at minute by minute, because a wall time may come twice or never.
func (q QuietHours) edges(midnight time.Time, zone *time.Location) []time.Time {
	next := midnight.AddDate(0, 0, 1)
	if next.Sub(midnight) != 24*time.Hour {
		var all []time.Time
		for at := midnight; at.Before(next); at = at.Add(time.Minute) {
			all = append(all, at)
		}
		return all
	}
	edges := []time.Time{midnight}
	for _, span := range q[Weekdays[midnight.Weekday()]] {
		if from, to, err := span.minutes(); err == nil {
			edges = append(edges,
				time.Date(midnight.Year(), midnight.Month(), midnight.Day(), 0, from, 0, 0, zone),
				time.Date(midnight.Year(), midnight.Month(), midnight.Day(), 0, to, 0, 0, zone))
		}
	}
	slices.SortFunc(edges, time.Time.Compare)
	return edges
}

// Zone is the time zone of a name such as Europe/Madrid; "" is the one given instead.
func Zone(name string, otherwise *time.Location) (*time.Location, error) {
	if name == "" {
		return otherwise, nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		return otherwise, &Error{Code: Invalid, Reason: "invalid_timezone", Field: "timezone", Message: fmt.Sprintf("there is no time zone %q", name), Err: err}
	}
	return zone, nil
}
