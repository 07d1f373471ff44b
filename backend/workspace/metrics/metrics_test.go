package metrics_test

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/metrics"
)

func fetch(t *testing.T, m *metrics.Metrics) string {
	t.Helper()
	answer := httptest.NewRecorder()
	m.Handler().ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), "GET", "/metrics", nil))
	return answer.Body.String()
}

func TestTheFiguresTellWhatHappened(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	m := metrics.New(metrics.Config{
		Sockets: func() int64 { return 3 }, Packets: func() int64 { return 40 }, Version: "1.2", Clock: func() time.Time { return now },
		Outbox: func(context.Context) (metrics.Outbox, error) {
			return metrics.Outbox{Waiting: 2, Dead: 1, Oldest: now.Add(-time.Minute)}, nil
		},
	})
	m.Request("query", "", 3*time.Millisecond)
	m.Request("update", domain.Forbidden, time.Second)
	m.Transaction(true, time.Millisecond)
	m.Answer("POST /api", 503, time.Millisecond)
	text := fetch(t, m)
	for _, line := range []string{
		`callboard_request_seconds_count{action="query",outcome="ok"} 1`, `callboard_request_seconds_bucket{action="query",outcome="ok",le="0.005"} 1`,
		`callboard_request_seconds_count{action="update",outcome="forbidden"} 1`, `callboard_transaction_seconds_count{kind="write"} 1`,
		`callboard_http_seconds_count{address="POST /api",status="5xx"} 1`, "callboard_sockets 3", "callboard_socket_packets_total 40",
		`callboard_outbox_jobs{state="waiting"} 2`, `callboard_outbox_jobs{state="dead"} 1`, "callboard_outbox_age_seconds 60", `callboard_build_info{version="1.2"} 1`, "go_goroutines",
	} {
		if !strings.Contains(text, line+"\n") && !strings.Contains(text, line+" ") {
			t.Errorf("%s is missing", line)
		}
	}
}

func TestWhatPeopleSendMakesNoSeries(t *testing.T) {
	m := metrics.New(metrics.Config{Outbox: func(context.Context) (metrics.Outbox, error) { return metrics.Outbox{}, errors.New("closed") }})
	m.Request("query", "", time.Millisecond)
	before := strings.Count(fetch(t, m), "\n")
	m.Request("made up", "", time.Millisecond)
	once := strings.Count(fetch(t, m), "\n")
	for n := range 1000 {
		m.Request(fmt.Sprintf("action-%d", n), "", time.Millisecond)
	}
	if after := strings.Count(fetch(t, m), "\n"); after != once || once <= before {
		t.Errorf("%d lines, then %d, then %d", before, once, after)
	}
}
