package store

import (
	"fmt"
	"math"
	"strconv"

	"github.com/callboard/callboard/backend/ftrack/query"
	"github.com/callboard/callboard/backend/workspace/schema"
)

// instantText is how instants stand in the text of a variable: without a zone, in UTC.
const instantText = "2006-01-02T15:04:05.999999"

// compareVariable compares a value that may be a text, a number, a switch or a date, as its column of
// words and its column of digits hold it. It is never NULL.
func (c *compiler) compareVariable(words, digits string, e query.Compare) (string, error) {
	number, err := strconv.ParseFloat(e.Value.Text, 64)
	isNumber := err == nil && !math.IsNaN(number) && !math.IsInf(number, 0)
	text := variableText(e.Value)
	symbol := symbols[e.Op]
	if e.Op != query.Is && e.Op != query.IsNot {
		if isNumber {
			return fmt.Sprintf("COALESCE(%s %s %s, FALSE)", digits, symbol, c.bind(number)), nil
		}
		return fmt.Sprintf("COALESCE(%s %s %s, FALSE)", words, symbol, c.bind(text)), nil
	}
	same := fmt.Sprintf("%s IN (%s, %s)", words, c.bind(e.Value.Text), c.bind(text))
	if isNumber {
		same = fmt.Sprintf("(%s OR %s = %s)", same, digits, c.bind(number))
	}
	same = fmt.Sprintf("COALESCE(%s, FALSE)", same)
	if e.Op == query.IsNot {
		same = "NOT " + same
	}
	return same, nil
}

func (c *compiler) inVariable(t *schema.Type, alias string, a *schema.Attribute, e query.In) (string, error) {
	terms := make([]string, len(e.Values))
	for i, v := range e.Values {
		text, err := c.compare(t, alias, a, query.Compare{Path: e.Path, Op: query.Is, Value: v})
		if err != nil {
			return "", err
		}
		terms[i] = text
	}
	some := balanced("OR", terms, "FALSE")
	if e.Negated {
		some = "NOT " + some
	}
	return some, nil
}

// variableText is a written value as the column of words holds it.
func variableText(v query.Value) string {
	if b, ok := v.Bool(); ok {
		return strconv.FormatBool(b)
	}
	if at, ok := parseTime(v.Text); ok {
		return at.UTC().Format(instantText)
	}
	return v.Text
}
