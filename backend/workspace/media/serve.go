package media

import "net/http"

// Serve answers a request with the content and closes it: ranges, conditional requests, and the
// headers that keep an uploaded file from acting as a page of ours.
func Serve(w http.ResponseWriter, r *http.Request, content *Content) error {
	header := w.Header()
	header.Set("Content-Type", content.Type)
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	// The address may carry the caller's key: no shared cache may keep the answer.
	header.Set("Cache-Control", "private, max-age=300")
	if !content.Inline {
		header.Set("Content-Disposition", "attachment")
	}
	http.ServeContent(w, r, "", content.Changed, content)
	return content.Close()
}
