//go:build !race

package workspace_test

import "time"

// quick is how soon a hostile request must be refused.
const quick = time.Second
