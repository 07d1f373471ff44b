// Package figures is what a bench found: figures beside their bars, and how they are printed.
package figures

import (
	"fmt"
	"io"
	"os"
	"slices"
	"time"
)

// Figure is one line of the table.
type Figure struct {
	What     string
	Measured float64
	Bar      float64 // at most; 0 for one that only informs
	Unit     string
	// Least makes Bar what must be reached, not what may not be passed.
	Least bool
}

func (f Figure) holds() bool {
	return f.Bar == 0 || f.Least && f.Measured >= f.Bar || !f.Least && f.Measured <= f.Bar
}

// Print writes the figures as a table and returns an error where one falls short.
func Print(out io.Writer, figures []Figure) error {
	short := 0
	fmt.Fprintf(out, "%-64s | %16s | %18s | %s\n", "what", "measured", "bar", "ok")
	for _, f := range figures {
		bar, ok := "", ""
		if f.Bar != 0 {
			word := map[bool]string{false: "at most", true: "at least"}[f.Least]
			bar, ok = fmt.Sprintf("%s %.2f", word, f.Bar), "yes"
		}
		if !f.holds() {
			ok = "FALLS SHORT"
			short++
		}
		fmt.Fprintf(out, "%-64s | %10.2f %-5s | %18s | %s\n", f.What, f.Measured, f.Unit, bar, ok)
	}
	if short > 0 {
		return fmt.Errorf("%d figures fall short", short)
	}
	return nil
}

// Part is the value below which a part of all values lies.
func Part(values []float64, p float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(len(sorted)-1, int(p*float64(len(sorted))))]
}

// Milliseconds is a duration as the tables show it.
func Milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// Load is how many programs wanted a processor at once, on average over the last minute: much more than
// the bench itself, and its figures are those of a machine that was busy otherwise.
func Load() (float64, error) {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return 0, err
	}
	var load float64
	_, err = fmt.Sscan(string(text), &load)
	return load, err
}

// Syncs is how often a second the disk under a folder makes a small write durable.
func Syncs(folder string) (float64, error) {
	file, err := os.CreateTemp(folder, "fsync-")
	if err != nil {
		return 0, err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	count, began := 0, time.Now()
	for ; time.Since(began) < time.Second; count++ {
		if _, err := file.WriteAt([]byte("callboard"), 0); err != nil {
			return 0, err
		}
		if err := file.Sync(); err != nil {
			return 0, err
		}
	}
	return float64(count) / time.Since(began).Seconds(), nil
}
