// Package metrics counts what the server does, for Prometheus to fetch: requests, transactions, sockets,
// what waits in the outbox, and the Go runtime. It measures nothing itself; the rooms report to it.
//
// The trap: every value of a label is a series that lives as long as the process. So no label ever holds
// what somebody sent: words that are not known here are "other".
package metrics

import (
	"context"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/callboard/callboard/backend/domain"
)

// Outbox is what waits there.
type Outbox struct {
	// Waiting jobs will be done, Dead ones failed for good.
	Waiting, Dead int
	// Oldest is when the job was due that waits longest; the zero time where none is.
	Oldest time.Time
}

// Config says whom to ask when the figures are fetched.
type Config struct {
	// Sockets counts the open sockets, Packets what was ever sent over any.
	Sockets, Packets func() int64
	Outbox           func(context.Context) (Outbox, error)
	// Version is the program's.
	Version string
	Clock   func() time.Time
	Log     *slog.Logger
}

// Metrics are the figures. They are safe for use by many goroutines.
type Metrics struct {
	registry     *prometheus.Registry
	requests     *prometheus.HistogramVec
	answers      *prometheus.HistogramVec
	transactions *prometheus.HistogramVec
}

// seconds are the bounds of the buckets: from what is fast here to what nobody waits for.
var seconds = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}

func histogram(name, help string, labels ...string) *prometheus.HistogramVec {
	return prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "callboard_" + name, Help: help, Buckets: seconds}, labels)
}

// New makes figures that all begin at nothing.
func New(cfg Config) *Metrics {
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	m := &Metrics{
		registry:     prometheus.NewRegistry(),
		requests:     histogram("request_seconds", "Requests of POST /api by their action, several where they hold different ones, and how they ended.", "action", "outcome"),
		answers:      histogram("http_seconds", "Answers to HTTP requests by address and class of status.", "address", "status"),
		transactions: histogram("transaction_seconds", "Transactions with the database, waiting for their turn included.", "kind"),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "callboard_build_info", Help: "The program's version.", ConstLabels: prometheus.Labels{"version": cfg.Version},
	})
	build.Set(1)
	m.registry.MustRegister(
		m.requests, m.answers, m.transactions, build, outbox{cfg},
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "callboard_sockets", Help: "Open sockets of the event hub."}, asked(cfg.Sockets)),
		prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "callboard_socket_packets_total", Help: "Packets sent to sockets: events, replies, heartbeats."}, asked(cfg.Packets)),
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	return m
}

func asked(count func() int64) func() float64 {
	return func() float64 {
		if count == nil {
			return 0
		}
		return float64(count())
	}
}

// actions are those of the protocol that are counted by name.
var actions = map[string]bool{
	"query": true, "search": true, "create": true, "update": true, "delete": true, "several": true, "none": true,
	"query_schemas": true, "query_server_information": true, "permissions": true, "reset_remote": true, "get_upload_metadata": true,
	"complete_multipart_upload": true, "generate_signed_url": true, "encode_media": true, "send_user_invite": true, "send_review_session_invite": true,
}

// Request counts a request of the protocol; code is "" where it was carried out.
func (m *Metrics) Request(action string, code domain.Code, took time.Duration) {
	if !actions[action] {
		action = "other"
	}
	if code == "" {
		code = "ok"
	}
	m.requests.WithLabelValues(action, string(code)).Observe(took.Seconds())
}

// Transaction counts a transaction with the database.
func (m *Metrics) Transaction(write bool, took time.Duration) {
	kind := "read"
	if write {
		kind = "write"
	}
	m.transactions.WithLabelValues(kind).Observe(took.Seconds())
}

// Answer counts an answer to an HTTP request by the pattern of its address, "" for none of ours.
func (m *Metrics) Answer(pattern string, status int, took time.Duration) {
	if pattern == "" {
		pattern = "other"
	}
	m.answers.WithLabelValues(pattern, strconv.Itoa(status/100)+"xx").Observe(took.Seconds())
}

// Handler answers with the figures, to whoever asks.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError, MaxRequestsInFlight: 2, Timeout: 10 * time.Second})
}
