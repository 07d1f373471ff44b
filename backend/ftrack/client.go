// Package ftrack is the client of a server that speaks the ftrack protocol: it signs in, fetches the
// inbox and its threads, does what a person does to rows, and listens for hints. It takes and gives
// domain words only; the wire's stay inside.
//
// Every request passes one function, send, which knows deadlines, sizes and what a failure
// means. The trap: an address that answers is not yet a Callboard server; whatever else answers must
// come back as an error a person understands.
package ftrack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

const (
	// mostAnswer is how many bytes of an answer are read.
	mostAnswer = 32 << 20
	// mostPicture is how many bytes of a picture are read.
	mostPicture = 8 << 20
	// patience is how long one request may take, unless its context says less.
	patience = 30 * time.Second
)

// Config is what a client needs. Address and Token say where and as whom.
type Config struct {
	Address string // as NormalAddress gives it
	Token   string // a secret; "" before signing in
	HTTP    *http.Client
	Log     *slog.Logger
	Version string // Callboard's own
	Device  string // how this computer is called in the list of devices
	// Stirred hears of changes of the production while Watch wants them; nil for nobody. It must not block.
	Stirred func(domain.Stirring)
	// Met hears of people who have another name or picture than before; nil for nobody. It must not block.
	Met func(domain.Person)
}

// Client talks to one server as one person. Its methods may be called at once from several goroutines.
type Client struct {
	cfg  Config
	name string // tells our own changes from others' in events
	// asker is the person who asks, known once the server has said it.
	asker atomic.Pointer[domain.UserID]
	// silence is how long the event hub may say nothing; a test waits less.
	silence time.Duration
	watch   watch
}

// New makes a client. It does not connect.
func New(cfg Config) *Client {
	asker := http.Client{}
	if cfg.HTTP != nil {
		asker = *cfg.HTTP
	}
	// A redirect is not followed: it would carry a password or an action to who knows where.
	asker.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	cfg.HTTP = &asker
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	return &Client{cfg: cfg, name: "callboard--" + uuid.NewString(), silence: silence, watch: watch{changed: make(chan struct{}, 1)}}
}

// call carries out operations and gives their answers, one for each.
func (c *Client) call(ctx context.Context, ops ...wire.Operation) ([]wire.Reply, error) {
	body, err := wire.EncodeOperations(ops)
	if err != nil {
		return nil, fmt.Errorf("encode the request: %w", err)
	}
	_, answer, err := c.send(ctx, http.MethodPost, "/api", body)
	if err != nil {
		return nil, err
	}
	replies, err := wire.DecodeAnswers(answer)
	switch {
	case domain.CodeOf(err) == domain.Unsupported:
		return nil, notCallboard(err)
	case err != nil:
		return nil, err
	case len(replies) != len(ops):
		return nil, notCallboard(fmt.Errorf("%d answers to %d operations", len(replies), len(ops)))
	}
	return replies, nil
}

// query answers the rows of a query.
func (c *Client) query(ctx context.Context, expression string) ([]map[string]any, error) {
	replies, err := c.call(ctx, wire.Operation{Action: "query", Expression: expression})
	if err != nil {
		return nil, err
	}
	return replies[0].Rows(), nil
}

// send does one request. Every status other than 2xx is an error; a failure that travels with status
// 200, as servers outside strict mode do it, is left to call.
func (c *Client) send(ctx context.Context, method, path string, body []byte) (http.Header, []byte, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, c.cfg.Address+path, bytes.NewReader(body))
	if err != nil {
		return nil, nil, domain.Errorf(domain.Invalid, "the address cannot be asked: %w", err)
	}
	c.sign(request.Header)
	request.Header.Set("Accept", "application/json")
	if len(body) > 0 {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := c.cfg.HTTP.Do(request)
	if err != nil {
		return nil, nil, unreachable(err)
	}
	defer func() { _ = response.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(response.Body, mostAnswer+1))
	switch {
	case err != nil:
		return nil, nil, unreachable(err)
	case len(answer) > mostAnswer:
		return nil, nil, notCallboard(errors.New("an answer without end"))
	}
	return response.Header, answer, refusal(response, answer)
}

// sign adds who asks and how.
func (c *Client) sign(header http.Header) {
	header.Set("User-Agent", "Callboard/"+c.cfg.Version)
	header.Set("Ftrack-Strict-Api", "true")
	header.Set("Ftrack-Clienttoken", c.name)
	if c.cfg.Token != "" {
		header.Set("Authorization", "Bearer "+c.cfg.Token)
	}
}

// refusal is the error of a status other than 2xx.
func refusal(response *http.Response, answer []byte) error {
	if response.StatusCode < 300 {
		return nil
	}
	var body struct {
		Exception string `json:"exception"`
		ErrorCode string `json:"error_code"`
		Code      string `json:"code"`
		Message   string `json:"message"`
	}
	isJSON := json.Unmarshal(answer, &body) == nil
	reason := body.Code + body.ErrorCode // one of them: beside the protocol, or in it
	switch status := response.StatusCode; {
	case aboutCode[reason]:
		return &domain.Error{Code: domain.Unauthorized, Reason: reason, Field: "code", Message: "the server asks for another code of the second factor"}
	case reason == "wrong_password", status == http.StatusUnauthorized && body.Code == "invalid_credentials":
		return &domain.Error{Code: domain.Unauthorized, Reason: "invalid_credentials", Field: "password", Message: "the name or the password is wrong"}
	case status == http.StatusUnauthorized && response.Request.Header.Get("Authorization") != "":
		return &domain.Error{Code: domain.Unauthorized, Reason: "session_expired", Message: "the server wants a new sign-in"}
	case status == http.StatusTooManyRequests:
		return &domain.Error{
			Code: domain.Throttled, Reason: "throttled", Wait: waitOf(response.Header),
			Message: "too many tries; the server asks to wait",
		}
	case isJSON && body.Exception != "":
		_, err := wire.DecodeAnswers(answer)
		return err
	case isJSON && body.Code != "" && besides[status] != "":
		known := &domain.Error{Code: besides[status], Message: body.Message}
		if body.Code != string(known.Code) {
			known.Reason = body.Code
		}
		return known
	case status >= 500:
		return &domain.Error{Code: domain.Offline, Reason: "server_failed", Message: fmt.Sprintf("the server failed with status %d", status)}
	default:
		return notCallboard(fmt.Errorf("status %d", status))
	}
}

// besides are the statuses of a Callboard server's refusals beside the protocol.
var besides = map[int]domain.Code{
	http.StatusBadRequest: domain.Invalid, http.StatusForbidden: domain.Forbidden, http.StatusNotFound: domain.NotFound,
	http.StatusConflict: domain.Conflict, http.StatusNotImplemented: domain.Unsupported, http.StatusInsufficientStorage: domain.Internal,
}

// aboutCode are the reasons to refuse a code of the second factor, or its absence.
var aboutCode = map[string]bool{"second_factor_required": true, "invalid_code": true, "code_used": true, "clock_skew": true}

// waitOf is how many seconds a server asks to wait, 0 where it does not say.
func waitOf(header http.Header) int {
	seconds, err := strconv.Atoi(header.Get("Retry-After"))
	if err != nil || seconds < 0 {
		return 0
	}
	return seconds
}

// Picture fetches a picture fitted into size × size pixels.
func (c *Client) Picture(ctx context.Context, id domain.ComponentID, size int) (data []byte, contentType string, err error) {
	path := "/component/thumbnail?" + url.Values{"id": {string(id)}, "size": {strconv.Itoa(size)}}.Encode()
	header, data, err := c.send(ctx, http.MethodGet, path, nil)
	if domain.CodeOf(err) == domain.Unsupported {
		return nil, "", domain.Errorf(domain.NotFound, "there is no picture %s", id)
	}
	if err != nil {
		return nil, "", err
	}
	if len(data) > mostPicture {
		return nil, "", domain.Errorf(domain.Invalid, "the picture is larger than %d bytes", mostPicture)
	}
	switch kind := header.Get("Content-Type"); kind {
	case "image/png", "image/jpeg", "image/webp", "image/gif":
		return data, kind, nil
	default:
		return nil, "", domain.Errorf(domain.NotFound, "there is no picture %s", id)
	}
}
