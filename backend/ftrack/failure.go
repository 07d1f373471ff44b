package ftrack

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/url"

	"github.com/callboard/callboard/backend/domain"
)

// unreachable words why nobody answered. The cause is kept for the log; it never holds a token, which
// travels in headers only.
func unreachable(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	var (
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
		authority   x509.UnknownAuthorityError
		lookup      *net.DNSError
	)
	var ours *domain.Error
	switch {
	case errors.As(err, &ours):
		return ours
	case errors.As(err, &lookup) && lookup.IsNotFound:
		return &domain.Error{Code: domain.Offline, Reason: "address_not_found", Field: "address", Message: "no server of this name is known", Err: err}
	case errors.As(err, &certificate), errors.As(err, &authority):
		return &domain.Error{Code: domain.Offline, Reason: "tls", Field: "address", Message: "the server's certificate is not trusted", Err: err}
	case errors.As(err, &record):
		return &domain.Error{Code: domain.Offline, Reason: "tls", Field: "address", Message: "the server does not speak HTTPS", Err: err}
	case errors.Is(err, context.DeadlineExceeded):
		return &domain.Error{Code: domain.Offline, Reason: "timeout", Field: "address", Message: "the server does not answer in time", Err: err}
	default:
		return &domain.Error{Code: domain.Offline, Reason: "unreachable", Field: "address", Message: "the server cannot be reached", Err: err}
	}
}

// notCallboard says that something answers at the address, but no Callboard server.
func notCallboard(cause error) error {
	return &domain.Error{Code: domain.Unsupported, Reason: "not_a_callboard_server", Field: "address", Message: "there is no Callboard server at this address", Err: cause}
}
