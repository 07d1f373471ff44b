package wire

import "strings"

// Mode is how a caller wants to be answered. The zero mode is the old one: status 200 for errors too,
// repeated entities as references.
type Mode struct {
	// Strict: only what was asked for, and errors carry a matching status.
	Strict bool
	// Denormalize: repeated entities are written out in full each time. It means something only with Strict.
	Denormalize bool
}

// ModeOf reads what a caller asked for in the headers ftrack-strict-api ("true") and
// ftrack-api-options ("strict:1;denormalize:1", also with "=" and True).
func ModeOf(strictAPI, apiOptions string) Mode {
	mode := Mode{Strict: truth(strictAPI)}
	for option := range strings.SplitSeq(apiOptions, ";") {
		name, value, _ := strings.Cut(strings.ReplaceAll(option, "=", ":"), ":")
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "strict":
			mode.Strict = truth(value)
		case "denormalize":
			mode.Denormalize = truth(value)
		}
	}
	mode.Denormalize = mode.Denormalize && mode.Strict
	return mode
}

func truth(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "1", "true", "yes", "on":
		return true
	default:
		return false
	}
}
