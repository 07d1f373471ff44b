package pages

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/phrases"
	"github.com/callboard/callboard/backend/workspace/auth"
)

const (
	// nameless is what a key is called whose program does not say.
	nameless = "ftrack-connect"
	// maxForm bounds the body of a sign-in.
	maxForm = 16 << 10
)

// credentialsView is the page where a program that somebody started asks for a key of theirs.
type credentialsView struct {
	view
	Say phrases.HandOver
	// Program is who asks, Address where the key would go.
	Program, Address, Username string
	// SecondFactor says that the password was right, and a code is needed as well.
	SecondFactor bool
}

// handOver is what the link that a program opened asks for.
type handOver struct {
	program string
	to      target
}

// asked reads the link. Where it cannot be used the page says so, and ok is false.
func (c Config) asked(w http.ResponseWriter, r *http.Request) (handOver, bool) {
	query := r.URL.Query()
	to, ok := targetOf(query.Get("redirect_url"))
	if !ok {
		c.refuse(w, r, http.StatusBadRequest, (*phrases.Phrases).Elsewhere)
		return handOver{}, false
	}
	program := phrases.Clean(query.Get("identifier"))
	if program == "" {
		program = nameless
	}
	return handOver{program: program, to: to}, true
}

func (c Config) askCredentials(w http.ResponseWriter, r *http.Request) {
	if asked, ok := c.asked(w, r); ok {
		c.showCredentials(w, r, asked, http.StatusOK, "", "", nil)
	}
}

// showCredentials shows the form; sentence, unless nil, says why the last try was refused, and reason is that
// of the refusal.
func (c Config) showCredentials(w http.ResponseWriter, r *http.Request, asked handOver, status int, username, reason string, sentence func(*phrases.Phrases) string) {
	v := c.view(w, r, "")
	words := c.in(v.Language).HandOver(c.Name)
	v.Title = words.Title
	if sentence != nil {
		v.Said = sentence(c.in(v.Language))
	}
	page := credentialsView{view: v, Say: words, Program: asked.program, Address: asked.to.origin(), Username: username, SecondFactor: aboutCode(reason)}
	// Browsers hold a form's redirects to the policy too.
	c.showForm(w, status, credentialsPage, page, "'self' "+asked.to.source())
}

func (c Config) giveCredentials(w http.ResponseWriter, r *http.Request) {
	asked, ok := c.asked(w, r)
	if !ok {
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		c.showCredentials(w, r, asked, http.StatusBadRequest, "", "", (*phrases.Phrases).WrongPassword)
		return
	}
	username := r.PostForm.Get("username")
	handed, err := c.Gate.HandOver(r.Context(), auth.Attempt{
		Username: username, Password: r.PostForm.Get("password"), Code: r.PostForm.Get("code"), Address: c.Address(r),
	}, asked.program)
	switch code := domain.CodeOf(err); code {
	case "":
		private(w.Header())
		w.Header().Set("Location", asked.to.with(handed.Username, handed.Key))
		w.WriteHeader(http.StatusSeeOther)
	case domain.Unauthorized:
		sentence := (*phrases.Phrases).WrongPassword
		reason := reasonOf(err)
		if aboutCode(reason) {
			sentence = func(p *phrases.Phrases) string { return p.RefusedPassword(reason) }
		}
		c.showCredentials(w, r, asked, http.StatusUnauthorized, username, reason, sentence)
	case domain.Forbidden:
		c.showCredentials(w, r, asked, http.StatusForbidden, username, "", (*phrases.Phrases).EnrolFirst)
	case domain.Throttled:
		wait := retryAfter(w, err)
		c.showCredentials(w, r, asked, http.StatusTooManyRequests, username, "", func(p *phrases.Phrases) string { return p.TooManyTries(wait) })
	default:
		c.Log.Error("a sign-in failed", "error", err)
		c.showCredentials(w, r, asked, http.StatusInternalServerError, username, "", (*phrases.Phrases).Failed)
	}
}

// aboutCode says whether the reason of a refusal is a code, the password being right.
func aboutCode(reason string) bool {
	return slices.Contains([]string{"second_factor_required", "invalid_code", "code_used", "clock_skew"}, reason)
}

// retryAfter says in the header how long a refused person should wait.
func retryAfter(w http.ResponseWriter, err error) time.Duration {
	wait := auth.RetryAfter(err)
	w.Header().Set("Retry-After", strconv.Itoa(int((wait+time.Second-1)/time.Second)))
	return wait
}

func (c Config) refuseForeign(w http.ResponseWriter, r *http.Request) {
	c.refuse(w, r, http.StatusForbidden, (*phrases.Phrases).ForeignForm)
}
