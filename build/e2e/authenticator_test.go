//go:build e2e

package e2e

import (
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// authenticator is the app on a person's phone. The codes are oathtool's, so that ours are not tested against themselves.
type authenticator struct {
	secret string
	last   int64
}

// code gives a code that was not given before, since each works once. The server takes one that is a step
// ahead, so it does not wait for every new one.
func (a *authenticator) code(t *testing.T) string {
	t.Helper()
	const step = 30
	a.last = max(a.last+1, time.Now().Unix()/step)
	time.Sleep(time.Until(time.Unix((a.last-1)*step, 0)))
	out, err := exec.CommandContext(t.Context(), "oathtool", "--totp", "--base32", fmt.Sprintf("--now=@%d", a.last*step), a.secret).Output()
	if err != nil {
		t.Fatalf("oathtool: %v", err)
	}
	return strings.TrimSpace(string(out))
}
