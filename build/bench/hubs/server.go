package hubs

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
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/google/uuid"
)

type user struct {
	Username string
	APIKey   string `json:"api_key"`
}

// server is the running server, spoken to as its first person.
type server struct {
	process *exec.Cmd
	log     *os.File
	url     string
	users   []user
	task    string
}

func serve(ctx context.Context, program, dir string) (*server, error) {
	s := &server{process: exec.CommandContext(ctx, program, "serve", "--quiet-demo", "--data", filepath.Join(dir, "data"), "--listen", "127.0.0.1:0")}
	log, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		return nil, err
	}
	s.log, s.process.Stderr = log, log
	out, err := s.process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.process.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		return nil, errors.Join(fmt.Errorf("the server gave no address: %w", err), s.stop())
	}
	said := struct {
		URL   *string
		Users *[]user
	}{&s.url, &s.users}
	if err := json.Unmarshal(line, &said); err != nil {
		return nil, errors.Join(err, s.stop())
	}
	return s, nil
}

func (s *server) stop() error {
	err := s.process.Process.Signal(syscall.SIGTERM)
	return errors.Join(err, s.process.Wait(), s.log.Close())
}

// memory is what the process holds of the machine's memory (RSS), in bytes.
func (s *server) memory() (int64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.process.Process.Pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if value, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kib, err := strconv.ParseInt(strings.Fields(value)[0], 10, 64)
			return kib << 10, err
		}
	}
	return 0, errors.New("the system does not tell the server's memory")
}

// work is the processor time the process has taken so far.
func (s *server) work() (time.Duration, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.process.Process.Pid))
	if err != nil {
		return 0, err
	}
	_, after, _ := strings.Cut(string(text), ") ") // the name before it may hold anything
	fields := strings.Fields(after)
	if len(fields) < 13 {
		return 0, errors.New("the system does not tell the server's work")
	}
	inUser, err := strconv.ParseInt(fields[11], 10, 64)
	inSystem, err2 := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(inUser+inSystem) * 10 * time.Millisecond, errors.Join(err, err2) // in hundredths of a second
}

func (s *server) anyTask(ctx context.Context) (string, error) {
	answer, err := s.call(ctx, map[string]any{"action": "query", "expression": `select id from Task limit 1`})
	if err != nil {
		return "", err
	}
	var results []struct{ Data []struct{ ID string } }
	if err := json.Unmarshal(answer, &results); err != nil {
		return "", err
	}
	if len(results) != 1 || len(results[0].Data) != 1 {
		return "", fmt.Errorf("the demo has no task: %s", answer)
	}
	return results[0].Data[0].ID, nil
}

// write writes a note of a new id.
func (s *server) write(ctx context.Context, text string) (string, error) {
	id := newID()
	return id, s.note(ctx, id, text)
}

func (s *server) note(ctx context.Context, id, text string) error {
	_, err := s.call(ctx, map[string]any{
		"action": "create", "entity_type": "Note",
		"entity_data": map[string]any{"id": id, "content": text, "parent_id": s.task, "parent_type": "Task"},
	})
	return err
}

func (s *server) call(ctx context.Context, operation map[string]any) ([]byte, error) {
	body, err := json.Marshal([]any{operation})
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url+"/api", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("ftrack-user", s.users[0].Username)
	request.Header.Set("ftrack-api-key", s.users[0].APIKey)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err == nil && (answer.StatusCode != http.StatusOK || bytes.Contains(text, []byte(`"exception"`))) {
		err = fmt.Errorf("the server answered %s: %s", answer.Status, text)
	}
	return text, err
}

func newID() string { return uuid.NewString() }
