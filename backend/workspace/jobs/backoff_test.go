package jobs

import (
	"testing"
	"time"
)

func TestTriesComeFurtherAndFurtherApart(t *testing.T) {
	before := time.Duration(0)
	for tries := 1; tries <= maxTries; tries++ {
		wait := backOff(tries)
		if wait < before || wait < firstBackOff || wait > longBackOff {
			t.Errorf("%v after try %d, %v after the one before", wait, tries, before)
		}
		before = wait
	}
}
