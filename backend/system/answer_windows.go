package system

import (
	"errors"
	"os"

	"golang.org/x/sys/windows/registry"
)

// AnswerLinks makes this program the one that opens callboard links, for this person alone. An
// installer does the same; a portable copy has only this. A click on a toast comes as such a link.
func AnswerLinks() error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	const scheme = `Software\Classes\callboard`
	return errors.Join(
		write(scheme, "", "URL:Callboard"),
		write(scheme, "URL Protocol", ""),
		write(scheme+`\shell\open\command`, "", `"`+program+`" "%1"`),
	)
}

func write(path, name, value string) (err error) {
	key, _, err := registry.CreateKey(registry.CURRENT_USER, path, registry.SET_VALUE)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, key.Close()) }()
	return key.SetStringValue(name, value)
}
