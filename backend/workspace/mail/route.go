package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"github.com/callboard/callboard/backend/domain"
)

// patience is how long a mail server may take for one letter.
const patience = 30 * time.Second

// route is how mail leaves.
type route struct {
	host               string
	port               int
	username, password string
	from               string // the sender's address
	tlsFirst, noTLS    bool
}

func refused(message string) error {
	return &domain.Error{Code: domain.Invalid, Field: "smtp", Message: "the mail server " + message}
}

// Check says what is wrong with a server's address, as Config.SMTP takes it.
func Check(address string) error {
	_, err := routeOf(address)
	return err
}

// routeOf reads a server's address. Its errors hold nothing of it, since it holds a password.
func routeOf(text string) (route, error) {
	if text == "" {
		return route{}, nil
	}
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" || strings.Trim(u.Path, "/") != "" || u.Fragment != "" {
		return route{}, refused("must be an address such as smtp://user:password@mail.studio.example:587, with characters such as @ or / in the password written as %40 or %2F")
	}
	r := route{host: u.Hostname(), port: 587, username: u.User.Username(), tlsFirst: u.Scheme == "smtps"}
	r.password, _ = u.User.Password()
	if r.tlsFirst {
		r.port = 465
	}
	if u.Port() != "" {
		if r.port, err = strconv.Atoi(u.Port()); err != nil || r.port < 1 || r.port > 65535 {
			return route{}, refused("has a port that is none")
		}
	}
	return r, r.options(u)
}

func (r *route) options(u *url.URL) error {
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return refused("has options that cannot be read")
	}
	for name := range query {
		switch value := query.Get(name); {
		case name == "from" && domain.ValidMailAddress(value):
			r.from = value
		case name == "from":
			return refused("is to send from an address that is none")
		case name == "tls" && value == "none" && !r.tlsFirst:
			r.noTLS = true
		case name == "tls" && value == "required":
		default:
			return refused("has an option that is unknown; there are from and tls (required or none)")
		}
	}
	if r.noTLS && r.username != "" && !here(r.host) {
		return refused("would be told a password without TLS; leave out tls=none, or the password")
	}
	return nil
}

// here says whether a host is this computer.
func here(host string) bool {
	address, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && address.IsLoopback()
}

// ways to show a password, the best first. Those that tell it are used under TLS alone, or on this computer.
var ways = []gomail.SMTPAuthType{
	gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthSCRAMSHA1, gomail.SMTPAuthCramMD5, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin,
}

// send hands one message to the server.
func (r route) send(ctx context.Context, message *gomail.Msg, roots *x509.CertPool) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	secure := &tls.Config{ServerName: r.host, RootCAs: roots, MinVersion: tls.VersionTLS12}
	options := []gomail.Option{
		gomail.WithPort(r.port), gomail.WithTimeout(patience), gomail.WithTLSPolicy(gomail.TLSMandatory), gomail.WithTLSConfig(secure),
		gomail.WithDialContextFunc(r.dial(ctx, secure)),
	}
	switch {
	case r.tlsFirst:
		options = append(options, gomail.WithSSL())
	case r.noTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	}
	if r.username != "" {
		options = append(options, gomail.WithOpportunisticSMTPAuth(ways...), gomail.WithUsername(r.username), gomail.WithPassword(r.password))
	}
	client, err := gomail.NewClient(r.host, options...)
	if err != nil {
		return domain.Errorf(domain.Internal, "prepare to send mail: %w", err)
	}
	session, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return verdict(err)
	}
	err = client.SendWithSMTPClient(session, message)
	if message.IsDelivered() {
		// It was taken: that goodbyes are not answered must not have it sent again.
		_ = client.CloseWithSMTPClient(session)
		return nil
	}
	return verdict(err)
}

// dial connects for as long as whole lasts. The library's own deadline begins anew with each step, so that
// a server which answers slowly enough would be waited for for ever.
func (r route) dial(whole context.Context, secure *tls.Config) gomail.DialContextFunc {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		context.AfterFunc(whole, func() { _ = conn.Close() })
		if !r.tlsFirst {
			return conn, nil
		}
		encrypted := tls.Client(conn, secure)
		return encrypted, encrypted.HandshakeContext(ctx)
	}
}

// verdict tells what will never be taken from what may be taken later: of the server's refusals only
// those of the message or its address are for good. Signing in can be mended.
func verdict(err error) error {
	var refusal *gomail.SendError
	if err == nil {
		return nil
	}
	if errors.As(err, &refusal) && refusal.ErrorCode() >= 500 {
		return domain.Errorf(domain.Invalid, "the mail server refused a letter for good: %w", err)
	}
	return domain.Errorf(domain.Offline, "send mail: %w", err)
}
