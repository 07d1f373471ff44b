package api

import "net/http"

// forgot notes that somebody forgot their password. The answer is the same whoever they say they are: who
// it is turns out later, and is told by mail alone.
func (a api) forgot(w http.ResponseWriter, r *http.Request) {
	var form struct {
		Login string `json:"login"`
	}
	if !a.read(w, r, &form) {
		return
	}
	if err := a.Gate.Forgot(r.Context(), form.Login, a.Address(r)); err != nil {
		a.refuse(w, err)
		return
	}
	a.say(w, http.StatusAccepted, struct{}{})
}
