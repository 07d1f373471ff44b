//go:build !inspect

package system

import (
	"errors"
	"os"
)

// CloseInspector shuts the door that WebKit opens to whoever sets these variables: through it the page
// can be driven and its secrets read, also in a shipped program. Only a build with the tag inspect, made
// for end-to-end tests, leaves it: who can set one variable can set two.
func CloseInspector() error {
	return errors.Join(os.Unsetenv("WEBKIT_INSPECTOR_SERVER"), os.Unsetenv("WEBKIT_INSPECTOR_HTTP_SERVER"))
}
