package workspace

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"github.com/callboard/callboard/backend/domain"
)

// proxies are the networks of the proxies that stand before the server and speak TLS for it.
type proxies []netip.Prefix

// parseProxies reads networks such as 10.0.0.0/24 or single addresses, parted by commas.
func parseProxies(text string) (proxies, error) {
	var found proxies
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		network, err := netip.ParsePrefix(part)
		if address, fault := netip.ParseAddr(part); err != nil && fault == nil {
			network, err = netip.PrefixFrom(address, address.BitLen()), nil
		}
		if err != nil {
			return nil, &domain.Error{Code: domain.Invalid, Field: "trusted-proxy", Message: "a trusted proxy is a network such as 10.0.0.0/24, or an address", Err: err}
		}
		found = append(found, network.Masked())
	}
	return found, nil
}

// proxies are the workspace's; what cannot be read was refused before.
func (c Config) proxies() proxies {
	found, err := parseProxies(c.TrustedProxy)
	if err != nil {
		return nil
	}
	return found
}

func (p proxies) trusts(address netip.Addr) bool {
	return slices.ContainsFunc(p, func(network netip.Prefix) bool { return network.Contains(address.Unmap()) })
}

// address is where a request comes from: the nearest of those who passed it on that is no proxy of ours.
// Only our proxies' word counts, and of X-Forwarded-For what cannot be read ends the way: whoever sent
// that is then the one who asked.
func (p proxies) address(r *http.Request) string {
	peer := peerOf(r)
	if !p.trusts(peer) {
		return text(peer, r)
	}
	at := peer
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		passed, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			break
		}
		if at = passed.Unmap(); !p.trusts(at) {
			break
		}
	}
	return at.String()
}

// only lets nobody in who does not come by a proxy of ours.
func (p proxies) only(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if peer := peerOf(r); !p.trusts(peer) && !peer.IsLoopback() {
			http.Error(w, "this server is reached through its proxy", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// peerOf is the address at the other end of the socket; the zero address where it cannot be told.
func peerOf(r *http.Request) netip.Addr {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return peer.Addr().Unmap()
}

func text(address netip.Addr, r *http.Request) string {
	if !address.IsValid() {
		return r.RemoteAddr
	}
	return address.String()
}
