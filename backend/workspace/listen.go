package workspace

import (
	"context"
	"crypto/tls"
	"net"
	"net/netip"
	"strconv"
	"strings"

	"github.com/callboard/callboard/backend/domain"
)

// listen opens the address. Off loopback it wants TLS, its own or that of a proxy before it: passwords and
// keys travel here.
func listen(ctx context.Context, address string, certificate *tls.Certificate, proxied bool) (net.Listener, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, &domain.Error{Code: domain.Invalid, Field: "listen", Message: "the address to listen on must be HOST:PORT, such as 127.0.0.1:8470", Err: err}
	}
	if certificate == nil && !proxied && !loopback(host) {
		return nil, &domain.Error{
			Code: domain.Invalid, Field: "listen",
			Message: "off this computer Callboard wants TLS, because passwords travel: give --tls-cert and --tls-key, or --trusted-proxy, or listen on 127.0.0.1",
		}
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, domain.Errorf(domain.Conflict, "cannot listen on %s: %w", address, err)
	}
	if certificate != nil {
		listener = tls.NewListener(listener, &tls.Config{
			Certificates: []tls.Certificate{*certificate}, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"},
		})
	}
	return listener, nil
}

// loopback says whether only this computer can reach a host. "" is every interface.
func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.IsLoopback()
}

// reachable is the address by which somebody on this computer reaches a listener: that of "every
// interface" is no address to call.
func reachable(address net.Addr) string {
	listening, err := netip.ParseAddrPort(address.String())
	if err != nil || !listening.Addr().IsUnspecified() {
		return address.String()
	}
	return net.JoinHostPort("localhost", strconv.Itoa(int(listening.Port())))
}

// certificateOf loads the pair of files; nil where neither is named.
func certificateOf(certFile, keyFile string) (*tls.Certificate, error) {
	if certFile == "" && keyFile == "" {
		return nil, nil
	}
	if certFile == "" || keyFile == "" {
		return nil, &domain.Error{Code: domain.Invalid, Field: "tls-cert", Message: "a certificate needs its key: give both --tls-cert and --tls-key"}
	}
	pair, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err != nil {
		return nil, domain.Errorf(domain.Invalid, "cannot use the TLS certificate: %w", err)
	}
	return &pair, nil
}
