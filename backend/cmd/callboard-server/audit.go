package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace"
)

func (c console) audit(ctx context.Context, args []string) error {
	set := c.flags("audit", "")
	place := placeFlags(set)
	since := set.String("since", "", "only what came after that: a `date` 2026-11-24, a time 2026-11-24T09:00:00Z, or a span 36h, 7d")
	user := set.String("user", "", "only what this `username` did, or what was done to them")
	what := set.String("what", "", "only this `kind` of entry, such as sign_in")
	asJSON := set.Bool("json", false, "write one JSON object a line")
	verify := set.Bool("verify", false, "say whether every entry is as it was written, and none is missing")
	known := set.String("known", "", "with --verify: an `end` SEQ:HASH that was told before; what lies before it must be the same")
	if _, err := c.parse(set, args, 0); err != nil {
		return err
	}
	if *verify {
		return c.verify(ctx, place(), *known)
	}
	wanted := workspace.AuditFilter{User: *user, What: domain.Audited(*what)}
	if *what != "" && !wanted.What.Known() {
		return usageError(fmt.Sprintf("the audit has no entries of the kind %q; there are %s", *what, kinds()))
	}
	var err error
	if wanted.Since, err = moment(*since, time.Now()); err != nil {
		return err
	}
	if *asJSON {
		lines := json.NewEncoder(c.out)
		return workspace.ReadAudit(ctx, place(), wanted, func(e workspace.AuditEntry) error { return lines.Encode(e) })
	}
	table := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	err = workspace.ReadAudit(ctx, place(), wanted, func(e workspace.AuditEntry) error {
		_, err := fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", e.At.Format(time.RFC3339), e.What, e.Outcome,
			orDash(e.Actor), orDash(e.Subject), orDash(e.Address), orDash(e.Device), plain(string(e.Detail)))
		return err
	})
	if err != nil {
		return err
	}
	return table.Flush()
}

func (c console) verify(ctx context.Context, cfg workspace.Config, known string) error {
	var end workspace.AuditEnd
	if known != "" {
		seq, hash, _ := strings.Cut(known, ":")
		n, err := strconv.ParseInt(seq, 10, 64)
		if err != nil || n < 1 || hash == "" {
			return usageError("--known wants the SEQ:HASH that --verify told before")
		}
		end = workspace.AuditEnd{Seq: n, Hash: hash}
	}
	end, err := workspace.VerifyAudit(ctx, cfg, end)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, "%d entries, each as it was written\nend: %d:%s\n", end.Seq, end.Seq, end.Hash)
	return err
}

// moment reads a date, a time or a span before now.
func moment(text string, now time.Time) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if days, ok := strings.CutSuffix(text, "d"); ok {
		if n, err := strconv.Atoi(days); err == nil && n >= 0 {
			return now.AddDate(0, 0, -n), nil
		}
	}
	if span, err := time.ParseDuration(text); err == nil && span >= 0 {
		return now.Add(-span), nil
	}
	for _, form := range []string{time.RFC3339, time.DateTime, time.DateOnly} {
		if at, err := time.ParseInLocation(form, text, time.Local); err == nil {
			return at, nil
		}
	}
	return time.Time{}, usageError(fmt.Sprintf("--since wants a date such as 2026-11-24, a time such as 2026-11-24T09:00:00Z, or a span such as 36h or 7d, not %q", text))
}

func kinds() string {
	names := make([]string, len(domain.AllAudited))
	for i, what := range domain.AllAudited {
		names[i] = string(what)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// plain takes from a text of any origin what would move a terminal's cursor or colour it.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, text)
}

func orDash(text string) string {
	if text = plain(text); text != "" {
		return text
	}
	return "-"
}
