// Package mail words the letters that wait in the outbox, in each reader's language, and hands them to the
// studio's SMTP server. Where none is named it writes them to files, so that nothing is lost and a first
// try needs no mail server.
//
// The trap: jobs are done at least once, so a letter may be sent twice. Its Message-ID comes from the
// letter and stays the same; mailboxes then know the second for the first.
package mail

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"log/slog"
	"net/url"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/phrases"
)

// Config says where letters go and in whose name.
type Config struct {
	// SMTP is the address of the server that takes mail: smtp://user:password@host:587, smtps:// where TLS
	// comes first. Its query may hold from, the sender's address, and tls=none for a relay inside the
	// studio. "" writes letters into Dir. It holds a secret: never log it.
	SMTP string
	// Dir is the folder for letters where no server is named.
	Dir string
	// Workspace is the name in which letters are sent, BaseURL the workspace's address, without a slash.
	Workspace, BaseURL string
	Phrases            *phrases.Book
	// Roots are the authorities that mail servers' certificates are checked with; nil is the system's.
	Roots *x509.CertPool
	// Link makes the link of a letter that has a Ticket. A domain.NotFound error says that the letter has
	// come to nothing meanwhile: it is not sent.
	Link  func(ctx context.Context, ticket string) (string, error)
	Clock func() time.Time
	Log   *slog.Logger
}

// Mail sends letters. It is safe for use by many goroutines.
type Mail struct {
	cfg   Config
	route route
}

// New reads the server's address. It connects to nobody.
func New(cfg Config) (*Mail, error) {
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	to, err := routeOf(cfg.SMTP)
	if err != nil {
		return nil, err
	}
	if to.from == "" {
		to.from = "callboard@" + hostOf(cfg.BaseURL)
	}
	return &Mail{cfg: cfg, route: to}, nil
}

// hostOf is the domain in which a workspace sends mail when nobody says another.
func hostOf(base string) string {
	if u, err := url.Parse(base); err == nil && domain.ValidMailAddress("callboard@"+u.Hostname()) {
		return u.Hostname()
	}
	return "localhost"
}

// Send does a job of the kind domain.LetterJob. A domain.Invalid error will never go better.
func (m *Mail) Send(ctx context.Context, body json.RawMessage) error {
	var letter domain.Letter
	if err := json.Unmarshal(body, &letter); err != nil {
		return domain.Errorf(domain.Invalid, "a letter cannot be read: %w", err)
	}
	if letter.Ticket != "" {
		link, err := m.cfg.Link(ctx, letter.Ticket)
		if domain.CodeOf(err) == domain.NotFound {
			m.cfg.Log.Info("a letter came to nothing before it was sent", "kind", letter.Kind)
			return nil
		}
		if err != nil {
			return err
		}
		letter.Link = link
	}
	message, err := m.compose(letter)
	if err != nil {
		return domain.Errorf(domain.Invalid, "a letter cannot be written: %w", err)
	}
	if m.cfg.SMTP == "" {
		return m.file(letter, message)
	}
	return m.route.send(ctx, message, m.cfg.Roots)
}

// compose makes the message of a letter.
func (m *Mail) compose(l domain.Letter) (*gomail.Msg, error) {
	if !domain.ValidMailAddress(l.To) {
		return nil, domain.Errorf(domain.Invalid, "it has no valid address")
	}
	subject, text := m.cfg.Phrases.In(l.Language).Letter(l, m.cfg.Workspace, m.cfg.BaseURL)
	message := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if err := message.FromFormat(phrases.Clean(m.cfg.Workspace), m.route.from); err != nil {
		return nil, err
	}
	if err := message.AddToFormat(phrases.Clean(l.Reader), l.To); err != nil {
		return nil, err
	}
	message.Subject(subject)
	message.SetDateWithValue(m.cfg.Clock())
	_, host, _ := strings.Cut(m.route.from, "@")
	message.SetMessageIDWithValue(l.ID + "@" + host)
	// Nobody's holiday notice is to answer a program.
	message.SetGenHeader("Auto-Submitted", "auto-generated")
	message.SetBodyString(gomail.TypeTextPlain, text)
	return message, nil
}
