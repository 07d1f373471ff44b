//go:build race

package workspace_test

import "time"

// quick is how soon a hostile request must be refused. The race detector slows everything several times.
const quick = 10 * time.Second
