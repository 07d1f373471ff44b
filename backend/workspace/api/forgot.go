package api

import (
	"encoding/json"
	"mime"
	"net/http"
)

// forgot notes that somebody forgot their password. The answer is the same whoever they say they are: who
// it is turns out later, and is told by mail alone.
func (a api) forgot(w http.ResponseWriter, r *http.Request) {
	var form struct {
		Login string `json:"login"`
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		a.say(w, http.StatusUnsupportedMediaType, problem{Code: "unsupported_media_type", Message: "Send JSON, as application/json."})
		return
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxSignIn)).Decode(&form); err != nil {
		a.say(w, http.StatusBadRequest, problem{Code: "invalid", Message: "The request is not the JSON that belongs here."})
		return
	}
	if err := a.Gate.Forgot(r.Context(), form.Login, a.Address(r)); err != nil {
		a.refuse(w, err)
		return
	}
	a.say(w, http.StatusAccepted, struct{}{})
}
