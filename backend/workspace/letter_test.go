package workspace_test

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/callboard/callboard/backend/workspace"
	"github.com/callboard/callboard/backend/workspace/demo"
)

// postbox is an SMTP server that keeps every letter.
type postbox struct{ letters chan string }

func (p postbox) NewSession(*smtp.Conn) (smtp.Session, error) { return p, nil }
func (p postbox) Reset()                                      {}
func (p postbox) Logout() error                               { return nil }
func (p postbox) Mail(string, *smtp.MailOptions) error        { return nil }
func (p postbox) Rcpt(string, *smtp.RcptOptions) error        { return nil }
func (p postbox) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	p.letters <- string(text)
	return err
}

// TestAnInvitationReachesAMailbox goes the whole way: operation, outbox, worker, mail server.
func TestAnInvitationReachesAMailbox(t *testing.T) {
	box := postbox{make(chan string, 1)}
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	post := smtp.NewServer(box)
	served := make(chan error, 1)
	go func() { served <- post.Serve(listener) }()
	defer func() {
		if err := errors.Join(post.Close(), <-served); err != nil && !errors.Is(err, smtp.ErrServerClosed) {
			t.Error(err)
		}
	}()
	server, err := workspace.Start(context.WithoutCancel(t.Context()), workspace.ServeConfig{Config: workspace.Config{
		DataDir: t.TempDir(), Demo: &demo.Config{Quiet: true}, SMTP: "smtp://" + listener.Addr().String() + "?tls=none",
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	}()
	found := rows(t, server, "ines", `select id from User where username is "maya"`)
	maya, _ := found[0].(map[string]any)
	id, _ := maya["id"].(string)
	call(t, server, "ines", `[{"action":"send_user_invite","user_id":"`+id+`"}]`)
	select {
	case letter := <-box.letters:
		if !strings.Contains(letter, "invites you to Aurora Pictures") || !strings.Contains(letter, "Address: "+server.URL) || !strings.Contains(letter, "/reset?token=3D") {
			t.Errorf("%s", letter)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("no letter came")
	}
}
