package metrics

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// outbox asks for the state of the outbox when the figures are fetched.
type outbox struct{ cfg Config }

var (
	waiting = prometheus.NewDesc("callboard_outbox_jobs", "Jobs in the outbox: waiting, or dead after they failed for good.", []string{"state"}, nil)
	age     = prometheus.NewDesc("callboard_outbox_age_seconds", "How long the job that waits longest is overdue.", nil, nil)
)

// Describe implements prometheus.Collector.
func (outbox) Describe(to chan<- *prometheus.Desc) { to <- waiting; to <- age }

// Collect implements prometheus.Collector.
func (o outbox) Collect(to chan<- prometheus.Metric) {
	if o.cfg.Outbox == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second) // the library gives none
	defer cancel()
	state, err := o.cfg.Outbox(ctx)
	if err != nil {
		o.cfg.Log.Warn("the outbox cannot be counted", "error", err)
		return
	}
	late := 0.0
	if !state.Oldest.IsZero() {
		late = max(o.cfg.Clock().Sub(state.Oldest).Seconds(), 0)
	}
	to <- prometheus.MustNewConstMetric(waiting, prometheus.GaugeValue, float64(state.Waiting), "waiting")
	to <- prometheus.MustNewConstMetric(waiting, prometheus.GaugeValue, float64(state.Dead), "dead")
	to <- prometheus.MustNewConstMetric(age, prometheus.GaugeValue, late)
}
