package pages

import (
	"html/template"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/callboard/callboard/backend/phrases"
)

// What a link may name. The pages never look whether it exists: they would tell strangers.
var (
	wellFormedType = regexp.MustCompile(`^[a-z]{1,40}$`)
	wellFormedID   = regexp.MustCompile(`^[0-9A-Za-z-]{1,64}$`)
)

// appLink is the link by which the app opens an item. Both parts are well-formed, so it can be trusted.
func appLink(kind, id string) template.URL {
	if kind == "notification" {
		return template.URL("callboard://open/" + id)
	}
	return template.URL("callboard://open/" + kind + "/" + id)
}

type openView struct {
	view
	Say  phrases.Opening
	Link template.URL
}

func (c Config) open(w http.ResponseWriter, r *http.Request) {
	kind, id := strings.ToLower(r.PathValue("type")), r.PathValue("id")
	if !wellFormedType.MatchString(kind) || !wellFormedID.MatchString(id) {
		http.NotFound(w, r)
		return
	}
	v := c.view(w, r, "")
	words := c.in(v.Language).Opening(c.Name)
	v.Title = words.Title
	c.show(w, http.StatusOK, openPage, openView{view: v, Say: words, Link: appLink(kind, id)})
}

// playerView is the page that plays a version: File, where the link is signed and still good, is the
// address of what it plays.
type playerView struct {
	view
	Say          phrases.Player
	Open         phrases.Opening
	Link         template.URL
	File         string
	Video, Image bool
}

// player plays what the ticket of a signed link opens. The ticket alone decides: the version's id is for
// people who have none, and for the app.
func (c Config) player(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	if !wellFormedID.MatchString(id) {
		http.NotFound(w, r)
		return
	}
	v := c.view(w, r, "")
	words := c.in(v.Language)
	page := playerView{view: v, Say: words.Player(), Open: words.Opening(c.Name), Link: appLink("version", id)}
	page.Title = page.Say.Title
	ticket, status := r.URL.Query().Get("ticket"), http.StatusOK
	kind, ok := "", false
	if ticket != "" && c.Playable != nil {
		kind, ok = c.Playable(r.Context(), ticket)
		if !ok {
			status = http.StatusForbidden
		}
	}
	if ok {
		page.File = "/component/get?ticket=" + url.QueryEscape(ticket)
		page.Video, page.Image = strings.HasPrefix(kind, "video/"), strings.HasPrefix(kind, "image/")
		page.Wide = page.Video || page.Image
	}
	c.show(w, status, playerPage, page)
}
