package media

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/domain"
)

// fullDisk is a disk without space.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) {
	return 0, &os.PathError{Op: "write", Path: "whole", Err: errNoSpace}
}

func TestAFullDiskIsToldFromASenderThatStopped(t *testing.T) {
	_, err := measure(t.Context(), fullDisk{}, strings.NewReader("plates"), 6)
	var known *domain.Error
	if !errors.As(err, &known) || known.Reason != ReasonNoSpace {
		t.Errorf("a full disk: %v", err)
	}
	_, err = measure(t.Context(), io.Discard, strings.NewReader("pla"), 6)
	if domain.CodeOf(err) != domain.Invalid {
		t.Errorf("a sender that stopped: %v", err)
	}
}
