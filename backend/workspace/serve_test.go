package workspace_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace"
)

// certificate writes a certificate for this computer and its key, and gives the pool that trusts it.
func certificate(t *testing.T) (certFile, keyFile string, trusted *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	says := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		DNSNames: []string{"localhost"}, IsCA: true, BasicConstraintsValid: true,
	}
	cert, err := x509.CreateCertificate(rand.Reader, says, says, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	certFile, keyFile = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	trusted = x509.NewCertPool()
	certPEM := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert})
	trusted.AppendCertsFromPEM(certPEM)
	for path, content := range map[string][]byte{certFile: certPEM, keyFile: pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return certFile, keyFile, trusted
}

func TestWithACertificateItServesEveryInterface(t *testing.T) {
	certFile, keyFile, trusted := certificate(t)
	server, err := workspace.Start(context.WithoutCancel(t.Context()), workspace.ServeConfig{
		Config: workspace.Config{DataDir: t.TempDir()}, Listen: "0.0.0.0:0", TLSCert: certFile, TLSKey: keyFile,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	}()
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trusted, MinVersion: tls.VersionTLS12}}
	defer transport.CloseIdleConnections()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/healthz", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := (&http.Client{Transport: transport}).Do(request)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%v %v", answer, err)
	}
	if err := answer.Body.Close(); err != nil {
		t.Error(err)
	}
}

func TestOffThisComputerItWantsACertificate(t *testing.T) {
	for _, address := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.0.2.7:0", "callboard.example:0"} {
		dir := filepath.Join(t.TempDir(), "data")
		_, err := workspace.Start(t.Context(), workspace.ServeConfig{Config: workspace.Config{DataDir: dir}, Listen: address})
		if domain.CodeOf(err) != domain.Invalid || !strings.Contains(err.Error(), "TLS") {
			t.Errorf("%s: %v", address, err)
		}
		if _, err := os.Stat(dir); !os.IsNotExist(err) {
			t.Errorf("%s: the data folder was made", address)
		}
	}
}

func TestAnEndedContextStopsTheServer(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	server, err := workspace.Start(ctx, workspace.ServeConfig{Config: workspace.Config{DataDir: t.TempDir()}})
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	select {
	case <-server.Ended():
	case <-time.After(10 * time.Second):
		t.Fatal("it goes on")
	}
	if err := server.Stop(); err != nil {
		t.Error(err)
	}
}
