package testbed

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Family is a process and all it started, by their numbers. Those that ended and were not waited for are left out.
func (p *Process) Family() ([]int, error) {
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return nil, err
	}
	children := map[int][]int{}
	for _, file := range stats {
		if pid, parent, alive := kin(file); alive {
			children[parent] = append(children[parent], pid)
		}
	}
	family := []int{p.PID()}
	for i := 0; i < len(family); i++ {
		family = append(family, children[family[i]]...)
	}
	return family, nil
}

// kin reads a process and its parent; the name before them may hold anything, so it is skipped from the right.
func kin(file string) (pid, parent int, alive bool) {
	text, err := os.ReadFile(file)
	if err != nil {
		return 0, 0, false // it ended between the list and the look
	}
	after := bytes.LastIndexByte(text, ')')
	var state string
	if _, err := fmt.Sscan(string(text), &pid); err != nil || after < 0 {
		return 0, 0, false
	}
	_, err = fmt.Sscan(string(text[after+1:]), &state, &parent)
	return pid, parent, err == nil && state != "Z"
}

// PSS is the memory of a process and all it started in bytes, with shared pages counted by share.
func (p *Process) PSS() (int64, error) {
	family, err := p.Family()
	if err != nil {
		return 0, err
	}
	var sum int64
	for _, pid := range family {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
		if err != nil {
			return 0, fmt.Errorf("memory of process %d: %w", pid, err)
		}
		lines := bufio.NewScanner(bytes.NewReader(text))
		for lines.Scan() {
			var kilobytes int64
			if _, err := fmt.Sscanf(lines.Text(), "Pss: %d", &kilobytes); err == nil {
				sum += kilobytes << 10
			}
		}
	}
	return sum, nil
}

// Ticks is the processor time of a process and all it started so far, in hundredths of a second.
func (p *Process) Ticks() (int64, error) {
	family, err := p.Family()
	if err != nil {
		return 0, err
	}
	var sum int64
	for _, pid := range family {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			return 0, fmt.Errorf("processor time of process %d: %w", pid, err)
		}
		fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
		var user, system int64
		if _, err := fmt.Sscan(fields[11]+" "+fields[12], &user, &system); err != nil {
			return 0, err
		}
		sum += user + system
	}
	return sum, nil
}
