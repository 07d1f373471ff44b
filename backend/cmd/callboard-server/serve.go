package main

import (
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"runtime"

	"github.com/callboard/callboard/backend/workspace"
	"github.com/callboard/callboard/backend/workspace/demo"
)

// announcement is the first line on standard output.
type announcement struct {
	URL   string               `json:"url"`
	Users []workspace.DemoUser `json:"users"`
}

func (c console) serve(ctx context.Context, args []string) error {
	set := c.flags("serve", "")
	place := placeFlags(set)
	listen := set.String("listen", "127.0.0.1:8470", "the `address` to listen on; port 0 takes a free one")
	baseURL := set.String("base-url", "", "the `URL` by which people reach the server, for links")
	smtp := set.String("smtp", "", "the `URL` of the server that takes mail, smtp://user:password@host:587; better in CALLBOARD_SMTP, where no list of processes shows it")
	certificate := set.String("tls-cert", "", "the `file` of the server's certificate")
	key := set.String("tls-key", "", "the `file` of the certificate's key")
	proxy := set.String("trusted-proxy", "", "the `networks` of the proxies before the server, 10.0.0.0/24,10.0.1.7: what they say of where a request comes from counts")
	largest := set.Int64("max-upload", 1024, "the most `GiB` of an uploaded file")
	withDemo := set.Bool("demo", false, "fill an empty workspace with the demo show and let its people work")
	quiet := set.Bool("quiet-demo", false, "fill an empty workspace with the demo show and leave it in peace")
	focus := set.String("demo-focus", "", "the `username` whom the demo keeps busy (default maya)")
	if _, err := c.parse(set, args, 0); err != nil {
		return err
	}
	if *smtp == "" {
		*smtp = os.Getenv("CALLBOARD_SMTP")
	}
	cfg := workspace.ServeConfig{Config: place(), Listen: *listen, TLSCert: *certificate, TLSKey: *key}
	cfg.BaseURL, cfg.SMTP, cfg.TrustedProxy, cfg.Version, cfg.Log = *baseURL, *smtp, *proxy, version, slog.New(slog.NewTextHandler(c.err, nil))
	cfg.MaxUpload = *largest << 30
	if *withDemo || *quiet {
		cfg.Demo = &demo.Config{Quiet: *quiet, Focus: *focus}
	}
	// Half of it may look at passwords, on all cores, and the rest is still served at once.
	runtime.GOMAXPROCS(2 * runtime.GOMAXPROCS(0))
	var said error
	err := workspace.Serve(ctx, cfg, func(started workspace.Started) {
		users := started.Users
		if users == nil {
			users = []workspace.DemoUser{}
		}
		said = json.NewEncoder(c.out).Encode(announcement{started.URL, users})
	})
	if err != nil {
		return err
	}
	return said
}
