package server

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"

	"github.com/callboard/callboard/backend/workspace"
)

// process is the server's.
type process struct {
	url  string
	cmd  *exec.Cmd
	said *bytes.Buffer
}

// start runs the server and waits until it has said where it is.
func start(ctx context.Context, program string, cfg workspace.Config) (*process, error) {
	p := &process{cmd: exec.CommandContext(ctx, program, "serve", "--data", cfg.DataDir, "--database", cfg.Database, "--listen", "127.0.0.1:0"), said: &bytes.Buffer{}}
	p.cmd.Stderr = p.said
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the server: %w", err)
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		return nil, fmt.Errorf("the server said no address (%w):\n%s", p.cmd.Wait(), p.said)
	}
	var first struct{ URL string }
	if err := json.Unmarshal(line, &first); err != nil {
		return nil, err
	}
	p.url = first.URL
	return p, nil
}

func (p *process) stop() error {
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	if err := p.cmd.Wait(); err != nil {
		return fmt.Errorf("the server: %w\n%s", err, p.said)
	}
	return nil
}
