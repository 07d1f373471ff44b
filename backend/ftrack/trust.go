package ftrack

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

// maxCertificates is how many bytes of a file of certificates are read.
const maxCertificates = 1 << 20

// Trusting makes an HTTP client that also trusts the certificates in a PEM file; "" trusts those of the
// system alone. The file is read with the first request, and again until it can be read.
func Trusting(file string, patience time.Duration) *http.Client {
	if file == "" {
		return &http.Client{Timeout: patience}
	}
	return &http.Client{Timeout: patience, Transport: &trust{file: file}}
}

// trust is a transport that reads its certificates when it is first asked.
type trust struct {
	file string

	mu   sync.Mutex
	with *http.Transport // nil until the file could be read; guarded by mu
}

// RoundTrip implements http.RoundTripper.
func (t *trust) RoundTrip(request *http.Request) (*http.Response, error) {
	with, err := t.transport()
	if err != nil {
		return nil, err
	}
	return with.RoundTrip(request)
}

// CloseIdleConnections lets an http.Client drop connections that nobody uses.
func (t *trust) CloseIdleConnections() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.with != nil {
		t.with.CloseIdleConnections()
	}
}

func (t *trust) transport() (with *http.Transport, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.with == nil {
		t.with, err = trusted(t.file)
	}
	return t.with, err
}

func trusted(file string) (*http.Transport, error) {
	facts, err := os.Stat(file)
	if err == nil && facts.Size() > maxCertificates {
		err = errors.New("it is too large")
	}
	var pem []byte
	if err == nil {
		pem, err = os.ReadFile(file)
	}
	if err != nil {
		return nil, badCertificates(err)
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, badCertificates(errors.New("no certificate in it"))
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	return transport, nil
}

func badCertificates(cause error) error {
	return &domain.Error{Code: domain.Invalid, Reason: "bad_certificates", Field: "address", Message: "the file of certificates cannot be used", Err: cause}
}
