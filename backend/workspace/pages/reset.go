package pages

import (
	"errors"
	"net/http"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/phrases"
	"github.com/callboard/callboard/backend/workspace/auth"
)

type forgotView struct {
	view
	Say phrases.Forgot
	// Sent is true on the page that follows: it is the same whoever was asked for.
	Sent bool
}

func (c Config) askLogin(w http.ResponseWriter, r *http.Request) {
	v := c.view(w, r, "")
	page := forgotView{view: v, Say: c.in(v.Language).Forgot(c.Name)}
	page.Title = page.Say.Title
	c.showForm(w, http.StatusOK, forgotPage, page, "'self'")
}

func (c Config) forgot(w http.ResponseWriter, r *http.Request) {
	if !c.form(w, r) {
		return
	}
	if err := c.Gate.Forgot(r.Context(), r.PostForm.Get("login"), c.Address(r)); err != nil {
		c.Log.Error("a forgotten password could not be noted", "error", err)
		c.refuse(w, r, http.StatusInternalServerError, (*phrases.Phrases).Failed)
		return
	}
	v := c.view(w, r, "")
	page := forgotView{view: v, Say: c.in(v.Language).Forgot(c.Name), Sent: true}
	page.Title = page.Say.SentTitle
	c.show(w, http.StatusOK, forgotPage, page)
}

// form reads a form, or says that it cannot.
func (c Config) form(w http.ResponseWriter, r *http.Request) bool {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		c.refuse(w, r, http.StatusBadRequest, (*phrases.Phrases).Failed)
		return false
	}
	return true
}

// resetView is the page where somebody chooses a password.
type resetView struct {
	view
	Say             phrases.Reset
	Token, Username string
	// SecondFactor says that a code is asked for, too.
	SecondFactor bool
	// Done is true on the page that follows.
	Done bool
}

// askPassword shows the form of a link. It uses nothing up: programs follow links before people do.
func (c Config) askPassword(w http.ResponseWriter, r *http.Request) {
	c.showReset(w, r, r.URL.Query().Get("token"), nil)
}

func (c Config) reset(w http.ResponseWriter, r *http.Request) {
	if !c.form(w, r) {
		return
	}
	token, password := r.PostForm.Get("token"), r.PostForm.Get("password")
	if password != r.PostForm.Get("again") {
		c.showReset(w, r, token, &domain.Error{Code: domain.Invalid, Reason: "password_differs", Message: "the two passwords differ"})
		return
	}
	if err := c.Gate.Reset(r.Context(), auth.NewPassword{Token: token, Password: password, Code: r.PostForm.Get("code"), Address: c.Address(r)}); err != nil {
		c.showReset(w, r, token, err)
		return
	}
	v := c.view(w, r, "")
	page := resetView{view: v, Say: c.in(v.Language).Reset(c.Name, false), Done: true}
	page.Title = page.Say.DoneTitle
	c.show(w, http.StatusOK, resetPage, page)
}

// showReset shows the form of a link, with why the last try was refused unless that is nil, or why the link
// opens nothing.
func (c Config) showReset(w http.ResponseWriter, r *http.Request, token string, refused error) {
	offer, err := c.Gate.ResetOffered(r.Context(), token)
	if err != nil {
		c.showGone(w, r, err)
		return
	}
	v := c.view(w, r, "")
	page := resetView{view: v, Say: c.in(v.Language).Reset(c.Name, offer.Invitation), Token: token, Username: offer.Username, SecondFactor: offer.SecondFactor}
	page.Title = page.Say.Title
	status := http.StatusOK
	if refused != nil {
		status = c.refusal(w, refused)
		page.Said = c.in(v.Language).RefusedPassword(reasonOf(refused))
		if domain.CodeOf(refused) == domain.Throttled {
			page.Said = c.in(v.Language).TooManyTries(auth.RetryAfter(refused))
		}
	}
	c.showForm(w, status, resetPage, page, "'self'")
}

type goneView struct {
	view
	AskAgain string
}

// showGone says that a link opens nothing, and where to get another.
func (c Config) showGone(w http.ResponseWriter, r *http.Request, err error) {
	v := c.view(w, r, "")
	words := c.in(v.Language)
	v.Title, v.Said = words.Refused(), words.RefusedPassword(reasonOf(err))
	c.show(w, c.refusal(w, err), gonePage, goneView{view: v, AskAgain: words.Reset(c.Name, false).AskAgain})
}

// refusal is the status of an error, which is logged where it is our fault.
func (c Config) refusal(w http.ResponseWriter, err error) int {
	switch domain.CodeOf(err) {
	case domain.Invalid:
		return http.StatusBadRequest
	case domain.NotFound:
		return http.StatusNotFound
	case domain.Unauthorized:
		return http.StatusUnauthorized
	case domain.Forbidden:
		return http.StatusForbidden
	case domain.Throttled:
		retryAfter(w, err)
		return http.StatusTooManyRequests
	default:
		c.Log.Error("a new password could not be kept", "error", err)
		return http.StatusInternalServerError
	}
}

func reasonOf(err error) string {
	var known *domain.Error
	if errors.As(err, &known) {
		return known.Reason
	}
	return ""
}

func (c Config) refuseForeignReset(w http.ResponseWriter, r *http.Request) {
	c.refuse(w, r, http.StatusForbidden, func(p *phrases.Phrases) string { return p.RefusedPassword("foreign_form") })
}
