package mail_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/mail"
)

// take serves a post office on a listener for the length of a test.
func take(t *testing.T, server *smtp.Server, listener net.Listener) {
	t.Helper()
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	t.Cleanup(func() {
		if err := errors.Join(server.Close(), <-served); err != nil && !errors.Is(err, smtp.ErrServerClosed) {
			t.Error(err)
		}
	})
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return listener
}

func TestALetterArrivesWhereTLSComesFirst(t *testing.T) {
	office := openOffice(t)
	server := smtp.NewServer(office)
	listener := listen(t)
	take(t, server, tls.NewListener(listener, office.tls))
	m := newMail(t, mail.Config{SMTP: "smtps://callboard:p%40ss%2Fword@" + listener.Addr().String(), Roots: office.roots})
	if err := send(t, m, invitation()); err != nil {
		t.Fatal(err)
	}
	if got := <-office.received; !got.encrypted || got.user != "callboard" || got.to != "maya@aurora.example" {
		t.Errorf("%+v", got)
	}
}

// TestNothingIsToldToAServerWithoutTLS stands for somebody between us and the server, who hides that it
// offers encryption.
func TestNothingIsToldToAServerWithoutTLS(t *testing.T) {
	office := openOffice(t)
	server := smtp.NewServer(office)
	server.AllowInsecureAuth = true
	listener := listen(t)
	take(t, server, listener)
	m := newMail(t, mail.Config{SMTP: "smtp://callboard:p%40ss%2Fword@" + listener.Addr().String(), Roots: office.roots})
	if err := send(t, m, invitation()); domain.CodeOf(err) != domain.Offline || strings.Contains(err.Error(), secret) {
		t.Errorf("%v", err)
	}
	relay := newMail(t, mail.Config{SMTP: "smtp://" + listener.Addr().String() + "?tls=none"})
	if err := send(t, relay, invitation()); err != nil {
		t.Errorf("a relay that is meant to be plain: %v", err)
	}
	if got := <-office.received; got.encrypted || got.user != "" || len(office.received) != 0 {
		t.Errorf("%+v", got)
	}
}

// TestAServerThatFallsSilentIsGivenUp has it fall silent at each step.
func TestAServerThatFallsSilentIsGivenUp(t *testing.T) {
	for step, script := range map[string][]string{
		"at once": nil, "after its greeting": {"220 mail.example ESMTP"}, "after its name": {"220 mail.example ESMTP", "250 mail.example"},
		"after the sender": {"220 mail.example ESMTP", "250 mail.example", "250 ok"}, "before the letter": {"220 mail.example ESMTP", "250 mail.example", "250 ok", "250 ok", "354 go on"},
	} {
		t.Run(step, func(t *testing.T) {
			listener := listen(t)
			gone := make(chan struct{})
			go func() {
				defer close(gone)
				conn, err := listener.Accept()
				if err != nil {
					return
				}
				defer conn.Close() //nolint:errcheck // it has fallen silent
				lines := bufio.NewReader(conn)
				for i, line := range script {
					if i > 0 {
						if _, err := lines.ReadString('\n'); err != nil {
							return
						}
					}
					if _, err := conn.Write([]byte(line + "\r\n")); err != nil {
						return
					}
				}
				_, _ = lines.WriteTo(nothing{}) // until the other end gives up
			}()
			m := newMail(t, mail.Config{SMTP: "smtp://" + listener.Addr().String() + "?tls=none"})
			body, err := json.Marshal(invitation())
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
			defer cancel()
			begun := time.Now()
			if err := m.Send(ctx, body); domain.CodeOf(err) != domain.Offline {
				t.Errorf("%v", err)
			}
			if took := time.Since(begun); took > 5*time.Second {
				t.Errorf("it took %v", took)
			}
			if err := listener.Close(); err != nil {
				t.Error(err)
			}
			<-gone
		})
	}
}

// TestALetterThatWasTakenIsNotSentAgain has the server fall silent after it took the letter.
func TestALetterThatWasTakenIsNotSentAgain(t *testing.T) {
	listener := listen(t)
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer conn.Close() //nolint:errcheck // it has fallen silent
		lines := bufio.NewReader(conn)
		answer := "220 mail.example ESMTP"
		for {
			if answer != "" {
				_, _ = conn.Write([]byte(answer + "\r\n"))
			}
			line, err := lines.ReadString('\n')
			switch {
			case err != nil:
				return
			case strings.HasPrefix(line, "DATA"):
				answer = "354 go on"
			case strings.HasPrefix(line, "EHLO"), strings.HasPrefix(line, "MAIL"), strings.HasPrefix(line, "RCPT"), strings.HasPrefix(line, "NOOP"), line == ".\r\n":
				answer = "250 ok"
			default: // the letter itself, and what comes after it
				answer = ""
			}
		}
	}()
	m := newMail(t, mail.Config{SMTP: "smtp://" + listener.Addr().String() + "?tls=none"})
	body, err := json.Marshal(invitation())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if err := m.Send(ctx, body); err != nil {
		t.Errorf("a letter that was taken: %v", err)
	}
	if err := listener.Close(); err != nil {
		t.Error(err)
	}
	<-gone
}

type nothing struct{}

func (nothing) Write(p []byte) (int, error) { return len(p), nil }
