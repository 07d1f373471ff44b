package media

import (
	"mime"
	"net/http"
	"strings"
	"unicode"
)

// longestName is the most characters of a file name that every system accepts, some left for an ending.
const longestName = 150

// Serve answers a request with the content and closes it: ranges, conditional requests, and the
// headers that keep an uploaded file from acting as a page of ours. name is what a browser saves it as;
// it may be anything.
func Serve(w http.ResponseWriter, r *http.Request, content *Content, name string) error {
	header := w.Header()
	header.Set("Content-Type", content.Type)
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	// The address may carry the caller's key: no shared cache may keep the answer.
	header.Set("Cache-Control", "private, max-age=300")
	header.Set("ETag", `"`+content.Tag+`"`)
	header.Set("Content-Disposition", disposition(content.Inline, name))
	http.ServeContent(w, r, "", content.Changed, content)
	return content.Close()
}

// disposition says what a browser is to do with a file, under a name without anything that means
// something to a file system, a shell's completion or a header.
func disposition(inline bool, name string) string {
	clean := strings.Map(func(c rune) rune {
		if !unicode.IsPrint(c) || strings.ContainsRune(`/\:*?"<>|;%`, c) {
			return '_'
		}
		return c
	}, strings.ToValidUTF8(name, "_"))
	if runes := []rune(clean); len(runes) > longestName {
		clean = string(runes[len(runes)-longestName:]) // the end tells what it is
	}
	clean = strings.Trim(clean, ". ")
	how := "attachment"
	if inline {
		how = "inline"
	}
	if clean == "" {
		return how
	}
	return mime.FormatMediaType(how, map[string]string{"filename": clean})
}
