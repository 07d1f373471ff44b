package api

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/auth"
)

// maxSignIn bounds the body of a sign-in.
const maxSignIn = 16 << 10

// signInForm is what a person's app sends. A person without a second factor has no use for a code: it is
// read, so that an app may always send it.
type signInForm struct {
	Username    string `json:"username"`
	Password    string `json:"password"`
	Code        string `json:"code"`
	Device      string `json:"device"`
	DeviceToken string `json:"device_token"`
}

type signedIn struct {
	Token       string       `json:"token"`
	DeviceToken string       `json:"device_token"`
	User        signedInUser `json:"user"`
	ExpiresAt   time.Time    `json:"expires_at"`
}

type signedInUser struct {
	ID          domain.UserID `json:"id"`
	Username    string        `json:"username"`
	FirstName   string        `json:"first_name"`
	LastName    string        `json:"last_name"`
	ThumbnailID *string       `json:"thumbnail_id"`
}

func (a api) signIn(w http.ResponseWriter, r *http.Request) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		a.say(w, http.StatusUnsupportedMediaType, problem{Code: "unsupported_media_type", Message: "Send JSON, as application/json."})
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxSignIn))
	if err != nil {
		var tooLarge *http.MaxBytesError
		status := http.StatusBadRequest
		if errors.As(err, &tooLarge) {
			status = http.StatusRequestEntityTooLarge
		}
		a.say(w, status, problem{Code: "invalid", Message: "The request could not be read."})
		return
	}
	var form signInForm
	if err := json.Unmarshal(body, &form); err != nil {
		a.say(w, http.StatusBadRequest, problem{Code: "invalid", Message: "The request is not the JSON of a sign-in."})
		return
	}
	got, err := a.Gate.SignIn(r.Context(), auth.Attempt{
		Username: form.Username, Password: form.Password, Device: form.Device, DeviceToken: form.DeviceToken, Address: a.Address(r),
	})
	if err != nil {
		a.refuse(w, err)
		return
	}
	out := signedIn{Token: got.Token, DeviceToken: got.DeviceToken, ExpiresAt: got.Who.ExpiresAt, User: signedInUser{
		ID: got.Who.UserID, Username: got.Who.Username, FirstName: got.Who.FirstName, LastName: got.Who.LastName,
	}}
	if id := string(got.Who.ThumbnailID); id != "" {
		out.User.ThumbnailID = &id
	}
	a.say(w, http.StatusOK, out)
}

func (a api) signOut(w http.ResponseWriter, r *http.Request) {
	who, err := a.Gate.Authenticate(r.Context(), auth.CredentialsOf(r))
	if err == nil {
		err = a.Gate.SignOut(r.Context(), who)
	}
	if err != nil {
		a.refuse(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// problem is the form of refusals beside the protocol.
type problem struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// statuses are those of the refusals that people meet here.
var statuses = map[domain.Code]int{
	domain.Invalid: http.StatusBadRequest, domain.NotFound: http.StatusNotFound, domain.Conflict: http.StatusConflict,
	domain.Unauthorized: http.StatusUnauthorized, domain.Forbidden: http.StatusForbidden,
	domain.Throttled: http.StatusTooManyRequests, domain.Unsupported: http.StatusNotImplemented,
}

func (a api) refuse(w http.ResponseWriter, err error) {
	a.reported("a request", err)
	retryAfter(w, err)
	code := domain.CodeOf(err)
	status, known := statuses[code]
	if !known {
		a.say(w, http.StatusInternalServerError, problem{Code: "internal", Message: "The server failed. Its log has the cause."})
		return
	}
	out := problem{Code: string(code)}
	var worded *domain.Error
	if errors.As(err, &worded) {
		out.Message = worded.Message
		if worded.Reason != "" {
			out.Code = worded.Reason
		}
	}
	a.say(w, status, out)
}

func (a api) say(w http.ResponseWriter, status int, content any) {
	body, err := json.Marshal(content)
	if err != nil {
		a.Log.Error("an answer cannot be written", "error", err)
		status, body = http.StatusInternalServerError, []byte(`{"code":"internal","message":""}`)
	}
	a.write(w, status, body)
}

// seconds is a time in whole seconds, at least one.
func seconds(d time.Duration) string {
	return strconv.FormatInt(int64(max((d+time.Second-1)/time.Second, 1)), 10)
}

// peer is the address at the other end of the socket.
func peer(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
