package wire

import (
	"fmt"
	"strconv"
	"strings"
)

// Expression chooses events, or subscribers, by their fields. The zero Expression matches everything.
type Expression struct {
	root node
	text string
}

// Match says whether the expression holds for those fields. A field inside another is named with dots;
// a condition on a field that is not there never holds.
func (e Expression) Match(fields map[string]any) bool {
	return e.root == nil || e.root.match(fields)
}

// String is the expression as it was written.
func (e Expression) String() string { return e.text }

// Only is the one value that a field must have for the expression to hold, or "" where it allows several.
// field has no dots.
func (e Expression) Only(field string) string {
	if e.root == nil {
		return ""
	}
	return e.root.only(field)
}

type node interface {
	match(fields map[string]any) bool
	only(field string) string
}

type (
	and       []node
	or        []node
	not       struct{ node }
	condition struct {
		path     []string
		operator string
		value    string
	}
)

func (n and) match(fields map[string]any) bool {
	for _, part := range n {
		if !part.match(fields) {
			return false
		}
	}
	return true
}

func (n or) match(fields map[string]any) bool {
	for _, part := range n {
		if part.match(fields) {
			return true
		}
	}
	return false
}

func (n not) match(fields map[string]any) bool { return !n.node.match(fields) }

func (n and) only(field string) string {
	for _, part := range n {
		if value := part.only(field); value != "" {
			return value
		}
	}
	return ""
}

func (n or) only(string) string { return "" }

func (n not) only(string) string { return "" }

func (c condition) only(field string) string {
	if c.operator != "=" || len(c.path) != 1 || c.path[0] != field || strings.HasSuffix(c.value, "*") {
		return ""
	}
	return c.value
}

func (c condition) match(fields map[string]any) bool {
	var found any = fields
	for _, step := range c.path {
		inner, ok := found.(map[string]any)
		if !ok {
			return false
		}
		if found, ok = inner[step]; !ok {
			return false
		}
	}
	text, ok := scalar(found)
	if !ok {
		return false
	}
	switch c.operator {
	case "=":
		if prefix, wild := strings.CutSuffix(c.value, "*"); wild {
			return strings.HasPrefix(text, prefix)
		}
		return text == c.value
	case "!=":
		return text != c.value
	case "<":
		return compare(text, c.value) < 0
	case "<=":
		return compare(text, c.value) <= 0
	case ">":
		return compare(text, c.value) > 0
	default: // ">="
		return compare(text, c.value) >= 0
	}
}

// scalar is a field as the text an expression compares it with.
func scalar(value any) (string, bool) {
	switch v := value.(type) {
	case string:
		return v, true
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), true
	case bool, int, int64:
		return fmt.Sprint(v), true
	default:
		return "", false
	}
}

// compare orders numbers as numbers and everything else as text.
func compare(a, b string) int {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	if errX != nil || errY != nil {
		return strings.Compare(a, b)
	}
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	default:
		return 0
	}
}
