package api

import (
	"context"
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

// signInForm is what a person's app sends.
type signInForm struct {
	Username    string `json:"username"`
	Password    string `json:"password"`
	Code        string `json:"code"`
	Device      string `json:"device"`
	DeviceToken string `json:"device_token"`
}

type signedIn struct {
	problem                  // of who must enrol first
	Token       string       `json:"token"`
	DeviceToken string       `json:"device_token"`
	User        signedInUser `json:"user"`
	SessionID   string       `json:"session_id"`
	ExpiresAt   time.Time    `json:"expires_at"`
}

type signedInUser struct {
	ID          domain.UserID `json:"id"`
	Username    string        `json:"username"`
	FirstName   string        `json:"first_name"`
	LastName    string        `json:"last_name"`
	ThumbnailID *string       `json:"thumbnail_id"`
}

func userOf(who auth.Who) signedInUser {
	user := signedInUser{ID: who.UserID, Username: who.Username, FirstName: who.FirstName, LastName: who.LastName}
	if id := string(who.ThumbnailID); id != "" {
		user.ThumbnailID = &id
	}
	return user
}

func (a api) signIn(w http.ResponseWriter, r *http.Request) {
	var form signInForm
	if !a.read(w, r, &form) {
		return
	}
	got, err := a.Gate.SignIn(r.Context(), auth.Attempt{
		Username: form.Username, Password: form.Password, Code: form.Code, Device: form.Device, DeviceToken: form.DeviceToken, Address: a.Address(r),
	})
	if err != nil {
		a.refuse(w, err)
		return
	}
	out, status := signedIn{
		Token: got.Token, DeviceToken: got.DeviceToken, ExpiresAt: got.Who.ExpiresAt, SessionID: got.Who.SessionID, User: userOf(got.Who),
	}, http.StatusOK
	if err := got.Who.Whole(); err != nil {
		status, out.problem = problemOf(err)
	}
	a.say(w, status, out)
}

// read reads the JSON of a form. Where it cannot, it has said so.
func (a api) read(w http.ResponseWriter, r *http.Request, form any) bool {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		a.say(w, http.StatusUnsupportedMediaType, problem{Code: "unsupported_media_type", Message: "Send JSON, as application/json."})
		return false
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxSignIn))
	if err != nil {
		var tooLarge *http.MaxBytesError
		status := http.StatusBadRequest
		if errors.As(err, &tooLarge) {
			status = http.StatusRequestEntityTooLarge
		}
		a.say(w, status, problem{Code: "invalid", Message: "The request could not be read."})
		return false
	}
	if err := json.Unmarshal(body, form); err != nil {
		a.say(w, http.StatusBadRequest, problem{Code: "invalid", Message: "The request is not the JSON that belongs here."})
		return false
	}
	return true
}

// accountForm is what somebody may know of their session and of what guards their account.
type accountForm struct {
	SessionID  string       `json:"session_id"`
	User       signedInUser `json:"user"`
	ExpiresAt  time.Time    `json:"expires_at"`
	FreshUntil *time.Time   `json:"fresh_until"` // null: POST /session/confirm first
	Enrol      bool         `json:"enrolment_required"`
	// SecondFactor is on, and Enforced is whether the workspace wants it of everybody.
	SecondFactor bool `json:"second_factor"`
	Enforced     bool `json:"second_factor_enforced"`
	BackupCodes  int  `json:"backup_codes_left"`
	// Local is false for an account that is kept elsewhere: its password is not changed here.
	Local bool `json:"local_account"`
}

func (a api) account(w http.ResponseWriter, r *http.Request) {
	who, err := a.Gate.Recognise(r.Context(), auth.CredentialsOf(r))
	if err != nil {
		a.refuse(w, err)
		return
	}
	known, err := a.Gate.Account(r.Context(), who)
	if err != nil {
		a.refuse(w, err)
		return
	}
	out := accountForm{
		SessionID: who.SessionID, User: userOf(who), ExpiresAt: who.ExpiresAt, Enrol: who.Enrol,
		SecondFactor: known.SecondFactor, Enforced: known.Enforced, BackupCodes: known.BackupCodes, Local: known.Local,
	}
	if !known.FreshUntil.IsZero() {
		out.FreshUntil = &known.FreshUntil
	}
	a.say(w, http.StatusOK, out)
}

// confirmForm shows anew who somebody is.
type confirmForm struct {
	Password string `json:"password"`
	Code     string `json:"code"`
}

func (a api) confirm(w http.ResponseWriter, r *http.Request) {
	who, err := a.Gate.Recognise(r.Context(), auth.CredentialsOf(r))
	if err != nil {
		a.refuse(w, err)
		return
	}
	var form confirmForm
	if !a.read(w, r, &form) {
		return
	}
	if err := a.Gate.Confirm(r.Context(), who, form.Password, form.Code, a.Address(r)); err != nil {
		a.refuse(w, err)
		return
	}
	a.account(w, r)
}

func (a api) signOut(w http.ResponseWriter, r *http.Request) { a.end(w, r, a.Gate.SignOut) }

func (a api) signOutOthers(w http.ResponseWriter, r *http.Request) { a.end(w, r, a.Gate.SignOutOthers) }

// end ends sessions of whoever asks.
func (a api) end(w http.ResponseWriter, r *http.Request, end func(context.Context, auth.Who, string) error) {
	who, err := a.Gate.Recognise(r.Context(), auth.CredentialsOf(r))
	if err == nil {
		err = end(r.Context(), who, a.Address(r))
	}
	if err != nil {
		a.refuse(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// problem is the form of refusals beside the protocol.
type problem struct {
	Code    string `json:"code,omitempty"`
	Message string `json:"message,omitempty"`
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
	status, out := problemOf(err)
	a.say(w, status, out)
}

// problemOf words an error, with its status.
func problemOf(err error) (int, problem) {
	code := domain.CodeOf(err)
	status, known := statuses[code]
	if !known {
		return http.StatusInternalServerError, problem{Code: "internal", Message: "The server failed. Its log has the cause."}
	}
	out := problem{Code: string(code)}
	var worded *domain.Error
	if errors.As(err, &worded) {
		out.Message = worded.Message
		if worded.Reason != "" {
			out.Code = worded.Reason
		}
	}
	return status, out
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
