package store

import (
	"database/sql/driver"
	"strings"
	"sync"

	"modernc.org/sqlite"
)

// registerFold teaches SQLite the function fold(text): lower case as Unicode has it, where SQLite's own
// lower knows only ASCII. The registration is the driver's, for the whole process, hence once.
var registerFold = sync.OnceFunc(func() {
	sqlite.MustRegisterDeterministicScalarFunction("fold", 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		if text, ok := args[0].(string); ok {
			return fold(text), nil
		}
		return args[0], nil
	})
})

func fold(text string) string { return strings.ToLower(text) }
