// Package signin measures how many people a server signs in, and how it serves the others while far more want
// to be signed in than it can: strangers who flood the door must not starve those who are inside.
package signin

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/callboard/callboard/build/bench/figures"
)

const (
	signing  = 6 * time.Second  // how long people are signed in
	flooding = 10 * time.Second // how long strangers try to be
	overload = 10               // how many times more of them there are than can be looked at

	hashMemory = 19 // MiB that a password takes while it is looked at
)

// bench is a server that runs, and somebody inside.
type bench struct {
	url    string
	pid    int
	users  []user
	client *http.Client
	token  string
}

type user struct{ Username, Password string }

// Measure measures a server with its data in a folder.
func Measure(ctx context.Context, program, dir string) (found []figures.Figure, err error) {
	said := &bytes.Buffer{}
	cmd := exec.CommandContext(ctx, program, "serve", "--quiet-demo", "--data", filepath.Join(dir, "signin"), "--listen", "127.0.0.1:0")
	cmd.Stderr = said
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the server: %w", err)
	}
	defer func() {
		if stopped := errors.Join(cmd.Process.Signal(os.Interrupt), cmd.Wait()); err == nil && stopped != nil {
			err = fmt.Errorf("the server: %w\n%s", stopped, said)
		}
	}()
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		return nil, fmt.Errorf("the server said no address: %w\n%s", err, said)
	}
	var first struct {
		URL   string
		Users []user
	}
	if err := json.Unmarshal(line, &first); err != nil {
		return nil, err
	}
	b := &bench{url: first.URL, users: first.Users, pid: cmd.Process.Pid, client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 1000}}}
	return b.measure(ctx)
}

func (b *bench) measure(ctx context.Context) ([]figures.Figure, error) {
	load, err := figures.Load()
	if err != nil {
		return nil, err
	}
	var status int
	if status, b.token, err = b.signIn(ctx, b.users[0].Username, b.users[0].Password); err != nil || status != http.StatusOK {
		return nil, fmt.Errorf("sign in: %d %w", status, err)
	}
	spent, err := b.processor()
	if err != nil {
		return nil, err
	}
	signed, err := b.signMany(ctx)
	if err != nil {
		return nil, err
	}
	now, err := b.processor()
	if err != nil {
		return nil, err
	}
	idle, err := b.look(ctx, flooding/2)
	if err != nil {
		return nil, err
	}
	before, err := b.memory()
	if err != nil {
		return nil, err
	}
	looks := make(chan error, 1)
	var busy []float64
	go func() {
		var err error
		busy, err = b.look(ctx, flooding)
		looks <- err
	}()
	flood, err := b.flood(ctx, overload*signed/signing.Seconds())
	if err := errors.Join(err, <-looks); err != nil {
		return nil, err
	}
	cores := float64(runtime.NumCPU())
	return []figures.Figure{
		{What: "signing in, load of the machine before", Measured: load},
		{What: "full sign-ins on each core", Measured: signed / (now - spent), Bar: 35, Unit: "/s", Least: true},
		{What: "  on this machine, with all else that it does", Measured: signed / signing.Seconds(), Unit: "/s"},
		{What: "somebody inside asks, p99 while nobody signs in", Measured: figures.Part(idle, 0.99), Unit: "ms"},
		{What: fmt.Sprintf("  while strangers try %.0f times a second, p99", flood.offered), Measured: figures.Part(busy, 0.99), Bar: 2 * figures.Part(idle, 0.99), Unit: "ms"},
		{What: "  median", Measured: figures.Part(busy, 0.5), Unit: "ms"},
		{What: "  a stranger who is looked at waits, p99", Measured: figures.Part(flood.looked, 0.99), Bar: 1000, Unit: "ms"},
		{What: "  strangers looked at on each core", Measured: float64(len(flood.looked)) / flooding.Seconds() / cores, Unit: "/s"},
		{What: "  memory it takes more, at most", Measured: flood.memory - before, Bar: cores*hashMemory + 64, Unit: "MiB"},
	}, nil
}

// signMany signs people in, each one after the other, and says how often.
func (b *bench) signMany(ctx context.Context) (float64, error) {
	clients := min(len(b.users), 2*runtime.NumCPU())
	var done atomic.Int64
	failed := make(chan error, clients)
	began := time.Now()
	for _, u := range b.users[:clients] {
		go func() {
			for time.Since(began) < signing {
				if status, _, err := b.signIn(ctx, u.Username, u.Password); err != nil || status != http.StatusOK {
					failed <- fmt.Errorf("sign in: %d %w", status, err)
					return
				}
				done.Add(1)
			}
			failed <- nil
		}()
	}
	var errs []error
	for range clients {
		errs = append(errs, <-failed)
	}
	return float64(done.Load()), errors.Join(errs...)
}

// signIn tries to sign in and gives the status.
func (b *bench) signIn(ctx context.Context, username, password string) (status int, token string, err error) {
	body, err := json.Marshal(map[string]string{"username": username, "password": password, "device": "bench"})
	if err != nil {
		return 0, "", err
	}
	status, answer, err := b.send(ctx, http.MethodPost, "/session", body)
	var said struct{ Token string }
	if err == nil {
		err = json.Unmarshal(answer, &said)
	}
	return status, said.Token, err
}

func (b *bench) send(ctx context.Context, method, path string, body []byte) (int, []byte, error) {
	request, err := http.NewRequestWithContext(ctx, method, b.url+path, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	if b.token != "" {
		request.Header.Set("Authorization", "Bearer "+b.token)
	}
	answer, err := b.client.Do(request)
	if err != nil {
		return 0, nil, err
	}
	content, err := io.ReadAll(answer.Body)
	return answer.StatusCode, content, errors.Join(err, answer.Body.Close())
}

// look asks for a page of the inbox, as the app does, fifty times a second, and says how long each answer took.
func (b *bench) look(ctx context.Context, lasts time.Duration) ([]float64, error) {
	body := []byte(`[{"action":"query","expression":"select id, seq, kind, summary, read_at from Notification where seq > 0 order by seq limit 50"}]`)
	ticker := time.NewTicker(20 * time.Millisecond)
	defer ticker.Stop()
	var took []float64
	for began := time.Now(); time.Since(began) < lasts; <-ticker.C {
		asked := time.Now()
		if status, answer, err := b.send(ctx, http.MethodPost, "/api", body); err != nil || status != http.StatusOK || answer[0] != '[' {
			return nil, fmt.Errorf("ask: %d %w %.200s", status, err, answer)
		}
		took = append(took, figures.Milliseconds(time.Since(asked)))
	}
	return took, nil
}

// flooded is what came of strangers who tried.
type flooded struct {
	offered float64   // tries a second
	looked  []float64 // how long those waited that were looked at
	memory  float64   // the most the server had, in MiB
}

// flood has strangers try so many times a second.
func (b *bench) flood(ctx context.Context, rate float64) (flooded, error) {
	var out flooded
	var mu sync.Mutex // guards what follows
	var failed []error
	var tries sync.WaitGroup
	began := time.Now()
	count := 0
	for ; time.Since(began) < flooding; time.Sleep(5 * time.Millisecond) {
		for ; float64(count) < rate*time.Since(began).Seconds(); count++ {
			name := fmt.Sprintf("stranger %d", count)
			tries.Go(func() {
				asked := time.Now()
				status, _, err := b.signIn(ctx, name, "wrong word")
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err != nil || status != http.StatusUnauthorized && status != http.StatusTooManyRequests:
					failed = append(failed, fmt.Errorf("a stranger: %d %w", status, err))
				case status == http.StatusUnauthorized:
					out.looked = append(out.looked, figures.Milliseconds(time.Since(asked)))
				}
			})
		}
		now, err := b.memory()
		if err != nil {
			return out, err
		}
		out.memory = max(out.memory, now)
	}
	out.offered = float64(count) / time.Since(began).Seconds()
	tries.Wait()
	return out, errors.Join(failed...)
}

// processor is how many seconds of a core's time the server has taken so far: on a machine that is busy
// otherwise it tells more than a clock.
func (b *bench) processor() (float64, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", b.pid))
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')'):]))
	user, errUser := strconv.ParseFloat(fields[12], 64)
	system, errSystem := strconv.ParseFloat(fields[13], 64)
	return (user + system) / 100, errors.Join(errUser, errSystem) // the system counts in hundredths
}

// memory is what the server has of it, in MiB.
func (b *bench) memory() (float64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", b.pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if size, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kib, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(size), " kB"), 64)
			return kib / 1024, err
		}
	}
	return 0, errors.New("the system says nothing of the server's memory")
}
