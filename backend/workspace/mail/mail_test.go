package mail_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"log/slog"
	"math/big"
	"net"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/phrases"
	"github.com/callboard/callboard/backend/workspace/mail"
)

const secret = "p@ss/word"

// postOffice is a real SMTP server that takes what its rules let pass.
type postOffice struct {
	address  string
	roots    *x509.CertPool
	tls      *tls.Config
	refuse   error // what a recipient is answered
	received chan received
}

type received struct {
	from, to, text string
	encrypted      bool
	user           string
}

type visit struct {
	office *postOffice
	conn   *smtp.Conn
	got    received
}

func (p *postOffice) NewSession(c *smtp.Conn) (smtp.Session, error) {
	return &visit{office: p, conn: c}, nil
}

func (v *visit) AuthMechanisms() []string { return []string{sasl.Plain} }

func (v *visit) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, username, password string) error {
		if password != secret {
			return smtp.ErrAuthFailed
		}
		v.got.user = username
		return nil
	}), nil
}

func (v *visit) Reset()        {}
func (v *visit) Logout() error { return nil }

func (v *visit) Mail(from string, _ *smtp.MailOptions) error {
	_, v.got.encrypted = v.conn.TLSConnectionState()
	v.got.from = from
	return nil
}

func (v *visit) Rcpt(to string, _ *smtp.RcptOptions) error {
	v.got.to = to
	return v.office.refuse
}

func (v *visit) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	v.got.text = string(text)
	v.office.received <- v.got
	return err
}

func openOffice(t *testing.T) *postOffice {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	says := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	cert, err := x509.CreateCertificate(rand.Reader, says, says, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(cert)
	if err != nil {
		t.Fatal(err)
	}
	p := &postOffice{roots: x509.NewCertPool(), received: make(chan received, 8)}
	p.roots.AddCert(parsed)
	server := smtp.NewServer(p)
	p.tls = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{cert}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}
	server.TLSConfig = p.tls
	listener := listen(t)
	p.address = listener.Addr().String()
	take(t, server, listener)
	return p
}

func newMail(t *testing.T, cfg mail.Config) *mail.Mail {
	t.Helper()
	book, err := phrases.Open()
	if err != nil {
		t.Fatal(err)
	}
	cfg.Phrases, cfg.Workspace, cfg.BaseURL = book, "Aurora Pictures", "https://callboard.aurora.example"
	cfg.Clock = func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }
	m, err := mail.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func invitation() domain.Letter {
	return domain.Letter{
		ID: "0c1f1d3a-8a5c-4f0e-9a54-0d6c1f4e9b01", Kind: domain.UserInvite, To: "maya@aurora.example", Reader: "Maya Öz", Language: "es",
		Actor: "Ines Duarte", Username: "maya", Link: "https://callboard.aurora.example",
	}
}

func send(t *testing.T, m *mail.Mail, l domain.Letter) error {
	t.Helper()
	body, err := json.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	return m.Send(t.Context(), body)
}

func TestALetterArrivesEncryptedAndInTheReadersLanguage(t *testing.T) {
	office := openOffice(t)
	m := newMail(t, mail.Config{SMTP: "smtp://callboard:p%40ss%2Fword@" + office.address + "?from=board@aurora.example", Roots: office.roots})
	if err := send(t, m, invitation()); err != nil {
		t.Fatal(err)
	}
	got := <-office.received
	if !got.encrypted || got.user != "callboard" || got.from != "board@aurora.example" || got.to != "maya@aurora.example" {
		t.Errorf("%+v", got)
	}
	message, err := netmail.ReadMessage(strings.NewReader(got.text))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"Message-Id": "<0c1f1d3a-8a5c-4f0e-9a54-0d6c1f4e9b01@aurora.example>", "Auto-Submitted": "auto-generated", "From": `"Aurora Pictures" <board@aurora.example>`,
		"To": "=?utf-8?q?Maya_=C3=96z?= <maya@aurora.example>", "Subject": "Ines Duarte te invita a Aurora Pictures", "Date": "Mon, 23 Nov 2026 12:00:00 +0000",
	} {
		if message.Header.Get(name) != want {
			t.Errorf("%s: %q, want %q", name, message.Header.Get(name), want)
		}
	}
	if !strings.Contains(got.text, "https://callboard.aurora.example") {
		t.Errorf("%s", got.text)
	}
}

func TestWhatOthersWroteCannotAddHeaders(t *testing.T) {
	office := openOffice(t)
	m := newMail(t, mail.Config{SMTP: "smtp://" + office.address, Roots: office.roots})
	l := invitation()
	l.Actor, l.Reader, l.Username, l.Link = "Eve\r\nBcc: eve@evil.example\r\n\r\nbody", "Maya\nX-Evil: 1", "m\r\nX-Evil: 2", "https://x\r\nX-Evil: 3"
	if err := send(t, m, l); err != nil {
		t.Fatal(err)
	}
	got := <-office.received
	message, err := netmail.ReadMessage(strings.NewReader(got.text))
	if err != nil {
		t.Fatal(err)
	}
	for name := range message.Header {
		if name == "Bcc" || name == "X-Evil" {
			t.Errorf("%s was added", name)
		}
	}
	for _, to := range []string{"maya@aurora.example\r\nBcc: eve@evil.example", "maya@aurora.example, eve@evil.example", ""} {
		l := invitation()
		l.To = to
		if err := send(t, m, l); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("%q: %v", to, err)
		}
	}
}

func TestARefusalForGoodIsToldFromOneThatMayPass(t *testing.T) {
	office := openOffice(t)
	m := newMail(t, mail.Config{SMTP: "smtp://" + office.address, Roots: office.roots})
	office.refuse = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "nobody of that name"}
	if err := send(t, m, invitation()); domain.CodeOf(err) != domain.Invalid {
		t.Errorf("for good: %v", err)
	}
	office.refuse = &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "come back later"}
	if err := send(t, m, invitation()); domain.CodeOf(err) != domain.Offline {
		t.Errorf("for now: %v", err)
	}
	wrong := newMail(t, mail.Config{SMTP: "smtp://callboard:wrong-secret@" + office.address, Roots: office.roots})
	if err := send(t, wrong, invitation()); domain.CodeOf(err) != domain.Offline || strings.Contains(err.Error(), "wrong-secret") {
		t.Errorf("a wrong password: %v", err)
	}
	stranger := newMail(t, mail.Config{SMTP: "smtp://callboard:p%40ss%2Fword@" + office.address})
	if err := send(t, stranger, invitation()); domain.CodeOf(err) != domain.Offline {
		t.Errorf("a certificate nobody vouches for: %v", err)
	}
	if len(office.received) != 0 {
		t.Error("something arrived")
	}
}

func TestALetterThatNobodyAnswersIsGivenUpInTime(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	m := newMail(t, mail.Config{SMTP: "smtp://127.0.0.1:1"})
	body, err := json.Marshal(invitation())
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Send(ctx, body); domain.CodeOf(err) != domain.Offline {
		t.Error(err)
	}
}

func TestWithoutAServerLettersLieInFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mail")
	var log bytes.Buffer
	m := newMail(t, mail.Config{Dir: dir, Log: slog.New(slog.NewTextHandler(&log, nil))})
	for range 2 { // a job may be done twice
		if err := send(t, m, invitation()); err != nil {
			t.Fatal(err)
		}
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.eml"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v %v", files, err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil || !strings.Contains(string(text), "To: ") || !strings.Contains(log.String(), "no mail server is named") || strings.Contains(log.String(), "maya@") {
		t.Errorf("%v %s %s", err, text, &log)
	}
	l := invitation()
	l.ID = "../../elsewhere"
	if err := send(t, m, l); domain.CodeOf(err) != domain.Invalid {
		t.Errorf("a letter left its folder: %v", err)
	}
}

// TestALinkIsMadeWhenItsLetterIsSent holds that what waits in the outbox holds no link.
func TestALinkIsMadeWhenItsLetterIsSent(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mail")
	answer, made := error(nil), 0
	m := newMail(t, mail.Config{Dir: dir, Link: func(_ context.Context, ticket string) (string, error) {
		made++
		return "https://callboard.aurora.example/reset?token=" + ticket + "-made", answer
	}})
	l := invitation()
	l.Ticket, l.Link = "t1", ""
	answer = domain.Errorf(domain.Offline, "the database is away")
	if err := send(t, m, l); domain.CodeOf(err) != domain.Offline {
		t.Errorf("a link that cannot be made now: %v", err)
	}
	answer = domain.Errorf(domain.NotFound, "it was used")
	if err := send(t, m, l); err != nil {
		t.Errorf("a letter that came to nothing: %v", err)
	}
	if files, err := filepath.Glob(filepath.Join(dir, "*")); err != nil || len(files) > 0 {
		t.Errorf("%v %v", files, err)
	}
	answer = nil
	if err := send(t, m, l); err != nil || made != 3 {
		t.Errorf("%d %v", made, err)
	}
	text, err := os.ReadFile(filepath.Join(dir, l.ID+".eml"))
	if err != nil || !strings.Contains(string(text), "/reset?token=3Dt1-made") {
		t.Errorf("%v %s", err, text)
	}
}

func TestAServersAddressIsReadOrRefusedWithoutItsSecret(t *testing.T) {
	for _, good := range []string{
		"", "smtp://mail.example", "smtps://u:p@mail.example", "smtp://u:p@mail.example:2525?tls=required&from=a@b.example", "smtp://relay.example:25?tls=none",
		"smtp://u:p@localhost:25?tls=none", "smtp://[::1]:25/",
	} {
		if _, err := mail.New(mail.Config{SMTP: good}); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{
		"mail.example:25", "http://u:sesame@mail.example", "smtp://", "smtp://u:sesame@", "smtp://u:sesame@mail.example:99999", "smtp://u:sesame@mail.example:x",
		"smtp://u:sesame@mail.example?tls=none", "smtp://u:sesame@mail.example?tls=maybe", "smtp://u:sesame@mail.example?from=x%0d%0aBcc:y", "smtp://u:se%zzsame@mail.example",
		"smtp://u:sesame@mail.example/path", "smtp://u:sesame@mail.example?x=y",
	} {
		if _, err := mail.New(mail.Config{SMTP: bad}); domain.CodeOf(err) != domain.Invalid || strings.Contains(err.Error(), "same") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
