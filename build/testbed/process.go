package testbed

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// Process is a program on the desktop. Its output is in a log under the desktop's folder.
type Process struct {
	name string
	cmd  *exec.Cmd
	done chan struct{} // closed when the process has ended
}

type launch struct {
	name  string // the program, and the name of its log
	args  []string
	env   []string
	input string   // what it reads from standard input
	extra *os.File // becomes its descriptor 3
}

// Run starts a program on the desktop, with more entries in its environment. The desktop stops it at the latest when it stops itself.
func (d *Desktop) Run(env []string, program string, args ...string) (*Process, error) {
	return d.launch(launch{name: program, args: args, env: env})
}

func (d *Desktop) launch(l launch) (*Process, error) {
	log, err := os.OpenFile(d.log(l.name), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	cmd := exec.Command(l.name, l.args...) //nolint:noctx // ended by Stop, politely first
	cmd.Env = d.Env(l.env...)
	cmd.Dir = filepath.Join(d.dir, "home")
	cmd.Stdout, cmd.Stderr = log, log
	if l.input != "" {
		cmd.Stdin = strings.NewReader(l.input)
	}
	if l.extra != nil {
		cmd.ExtraFiles = []*os.File{l.extra}
	}
	// A group of its own lets Stop reach the helpers a program starts.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", l.name, err)
	}
	p := &Process{name: l.name, cmd: cmd, done: make(chan struct{})}
	go func() {
		_ = cmd.Wait() // how it ended is in ProcessState
		close(p.done)
	}()
	d.running = append(d.running, p)
	return p, nil
}

func (d *Desktop) log(program string) string {
	return filepath.Join(d.dir, "logs", filepath.Base(program)+".log")
}

// Log is what the program has written so far, through all its runs on this desktop.
func (d *Desktop) Log(program string) string {
	text, err := os.ReadFile(d.log(program))
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// PID is the process's number.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Ended is closed when the process has ended.
func (p *Process) Ended() <-chan struct{} { return p.done }

// ExitCode is how it ended; -1 while it runs or after a signal.
func (p *Process) ExitCode() int {
	select {
	case <-p.done:
		return p.cmd.ProcessState.ExitCode()
	default:
		return -1
	}
}

// Alive says whether it still runs.
func (p *Process) Alive() bool {
	select {
	case <-p.done:
		return false
	default:
		return true
	}
}

// Kill ends the process, and it alone, as kill -9 does, and waits for that.
func (p *Process) Kill() error {
	if err := p.cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	<-p.done
	return nil
}

// Stop asks the process and its helpers to end, and makes them after five seconds.
func (p *Process) Stop() error {
	group := -p.PID()
	_ = syscall.Kill(group, syscall.SIGTERM) // nobody there any more is what we want
	select {
	case <-p.done:
	case <-time.After(5 * time.Second):
		if err := p.Kill(); err != nil {
			return fmt.Errorf("stop %s: %w", p.name, err)
		}
	}
	_ = syscall.Kill(group, syscall.SIGKILL) // helpers that did not hear
	return nil
}
