package ftrack

import (
	"net"
	"net/netip"
	"net/url"
	"strings"

	"github.com/callboard/callboard/backend/domain"
)

// NormalAddress makes of what a person types the address requests go to: scheme and host, no path.
// Without a scheme it is https, but for this computer itself. Plain http to another computer is
// refused unless the person insists: the password would travel in the open.
func NormalAddress(typed string, insist bool) (string, error) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return "", badAddress("invalid_address", "no address was given")
	}
	if !strings.Contains(typed, "://") {
		host, _, _ := strings.Cut(typed, "/")
		scheme := "https://"
		if loopback(hostOf(host)) {
			scheme = "http://"
		}
		typed = scheme + typed
	}
	u, err := url.Parse(typed)
	switch {
	case err != nil, u.Hostname() == "", strings.ContainsAny(u.Host, " \t"):
		return "", badAddress("invalid_address", "this is no address of a server")
	case u.User != nil:
		return "", badAddress("invalid_address", "an address holds no name and no password")
	case u.Scheme != "http" && u.Scheme != "https":
		return "", badAddress("invalid_address", "an address begins with https://")
	case u.Scheme == "http" && !insist && !loopback(u.Hostname()):
		return "", badAddress("insecure", "a server on another computer must be asked with https")
	}
	return u.Scheme + "://" + strings.ToLower(u.Host), nil
}

func badAddress(reason, message string) error {
	return &domain.Error{Code: domain.Invalid, Reason: reason, Field: "address", Message: message}
}

func hostOf(hostPort string) string {
	if host, _, err := net.SplitHostPort(hostPort); err == nil {
		return host
	}
	return strings.Trim(hostPort, "[]")
}

func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.IsLoopback()
}
