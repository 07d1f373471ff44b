package testbed

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
)

// Page is the page inside an app's real window, reached through WebKit's inspector. The app must be
// built with the tag "inspect" and started with WEBKIT_INSPECTOR_HTTP_SERVER. It works with the
// window hidden. One goroutine uses a Page at a time.
type Page struct {
	conn   *websocket.Conn
	target string
	last   atomic.Int64
}

type inspectorMessage struct {
	ID     int64           `json:"id,omitempty"`
	Method string          `json:"method,omitempty"`
	Params json.RawMessage `json:"params,omitempty"`
	Result json.RawMessage `json:"result,omitempty"`
	Error  *struct{ Message string }
}

// Inspect connects to the page behind an inspector's address and waits until there is one.
func Inspect(ctx context.Context, address string) (*Page, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := until(ctx, "the page's inspector", func() bool { return listsAPage(ctx, address) }); err != nil {
		return nil, err
	}
	conn, _, err := websocket.Dial(ctx, "ws://"+address+"/socket/1/1/WebPage", nil) //nolint:bodyclose // Dial keeps or closes it
	if err != nil {
		return nil, fmt.Errorf("open the page's inspector: %w", err)
	}
	conn.SetReadLimit(64 << 20) // screenshots travel as text
	page := &Page{conn: conn}
	for page.target == "" {
		var m inspectorMessage
		if err := wsjson.Read(ctx, conn, &m); err != nil {
			return nil, errors.Join(fmt.Errorf("wait for the page's target: %w", err), conn.CloseNow())
		}
		page.takeTarget(m)
	}
	return page, nil
}

func listsAPage(ctx context.Context, address string) bool {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/", nil)
	if err != nil {
		return false
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	listing, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	return err == nil && strings.Contains(string(listing), "/socket/1/1/WebPage")
}

func (p *Page) takeTarget(m inspectorMessage) {
	if m.Method != "Target.targetCreated" {
		return
	}
	var created struct {
		TargetInfo struct{ TargetID, Type string } `json:"targetInfo"`
	}
	if json.Unmarshal(m.Params, &created) == nil && created.TargetInfo.Type == "page" {
		p.target = created.TargetInfo.TargetID
	}
}

// call sends one message to the page's target and waits for its answer.
func (p *Page) call(ctx context.Context, method string, params any) (json.RawMessage, error) {
	inner := p.last.Add(1)
	message, err := json.Marshal(map[string]any{"id": inner, "method": method, "params": params})
	if err != nil {
		return nil, err
	}
	wrapped := map[string]any{
		"id": p.last.Add(1), "method": "Target.sendMessageToTarget",
		"params": map[string]any{"targetId": p.target, "message": string(message)},
	}
	if err := wsjson.Write(ctx, p.conn, wrapped); err != nil {
		return nil, fmt.Errorf("%s: %w", method, err)
	}
	for {
		var m inspectorMessage
		if err := wsjson.Read(ctx, p.conn, &m); err != nil {
			return nil, fmt.Errorf("%s: %w", method, err)
		}
		p.takeTarget(m) // a reload makes a new one
		if m.Method != "Target.dispatchMessageFromTarget" {
			continue
		}
		var from struct{ Message string }
		var answer inspectorMessage
		if err := errors.Join(json.Unmarshal(m.Params, &from), json.Unmarshal([]byte(from.Message), &answer)); err != nil {
			return nil, err
		}
		switch {
		case answer.ID != inner:
		case answer.Error != nil:
			return nil, fmt.Errorf("%s: %s", method, answer.Error.Message)
		default:
			return answer.Result, nil
		}
	}
}

// Eval evaluates an expression in the page and decodes its value, which must be plain data, into out (nil to drop it).
func (p *Page) Eval(ctx context.Context, expression string, out any) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	result, err := p.call(ctx, "Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true})
	if err != nil {
		return err
	}
	var evaluated struct {
		Result struct {
			Value       json.RawMessage `json:"value"`
			Description string          `json:"description"`
		} `json:"result"`
		WasThrown bool `json:"wasThrown"`
	}
	if err := json.Unmarshal(result, &evaluated); err != nil {
		return err
	}
	if evaluated.WasThrown {
		return fmt.Errorf("the page threw %s at %s", evaluated.Result.Description, expression)
	}
	if out == nil || evaluated.Result.Value == nil {
		return nil
	}
	return json.Unmarshal(evaluated.Result.Value, out)
}

// Await evaluates an expression until it is true.
func (p *Page) Await(ctx context.Context, expression string) error {
	deadline := time.Now().Add(patience)
	for {
		var yes bool
		if err := p.Eval(ctx, "Boolean("+expression+")", &yes); err != nil {
			return err
		}
		if yes {
			return nil
		}
		if time.Now().After(deadline) {
			var text string
			_ = p.Eval(ctx, "document.body.innerText", &text) // only to say what was there instead
			return fmt.Errorf("the page never came to %s; it shows:\n%s", expression, text)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(30 * time.Millisecond):
		}
	}
}

// Picture is a PNG of the page's visible part.
func (p *Page) Picture(ctx context.Context) ([]byte, error) {
	var size struct{ W, H int }
	if err := p.Eval(ctx, "({W: innerWidth, H: innerHeight})", &size); err != nil {
		return nil, err
	}
	result, err := p.call(ctx, "Page.snapshotRect", map[string]any{"x": 0, "y": 0, "width": size.W, "height": size.H, "coordinateSystem": "Viewport"})
	if err != nil {
		return nil, err
	}
	var snapshot struct{ DataURL string }
	if err := json.Unmarshal(result, &snapshot); err != nil {
		return nil, err
	}
	_, encoded, found := strings.Cut(snapshot.DataURL, "base64,")
	if !found {
		return nil, errors.New("the inspector sent no picture")
	}
	return base64.StdEncoding.DecodeString(encoded)
}

// Close ends the connection; the app goes on.
func (p *Page) Close() error { return p.conn.CloseNow() }
