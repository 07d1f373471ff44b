package workspace

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

// ServeConfig is a workspace and where it is served.
type ServeConfig struct {
	Config
	// Listen is HOST:PORT; "" is a free port on this computer alone.
	Listen string
	// TLSCert and TLSKey are the files of the server's certificate. Off loopback they are needed.
	TLSCert, TLSKey string
}

// Started is what a served workspace tells its starter.
type Started struct {
	// URL is where it answers.
	URL string
	// Users are the demo's people with their passwords and keys; none without a demo.
	Users []DemoUser
}

// drain is how long requests may take to finish when the server stops.
const drain = 5 * time.Second

// Serve serves a workspace until ctx ends, then stops in order: no new requests, those under way are
// finished, sockets and workers end, the database closes. started is called once, when it answers.
func Serve(ctx context.Context, cfg ServeConfig, started func(Started)) error {
	certificate, err := certificateOf(cfg.TLSCert, cfg.TLSKey)
	if err != nil {
		return err
	}
	if cfg.Listen == "" {
		cfg.Listen = "127.0.0.1:0"
	}
	listener, err := listen(ctx, cfg.Listen, certificate, len(cfg.proxies()) > 0)
	if err != nil {
		return err
	}
	address := "http://" + reachable(listener.Addr())
	if certificate != nil {
		address = "https://" + reachable(listener.Addr())
	}
	if cfg.BaseURL == "" {
		cfg.BaseURL = address
	}
	w, err := New(cfg.Config)
	if err != nil {
		return errors.Join(err, listener.Close())
	}

	// The workspace outlives ctx by as long as requests need to finish.
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- w.Run(running) }()
	// Who looks whether the server is alive is answered while the data opens: that may take a while.
	door := openDoor(listener, w, certificate == nil)
	select {
	case err := <-ended:
		return errors.Join(err, door.shut())
	case <-ctx.Done():
		stop()
		return errors.Join(<-ended, door.shut())
	case <-w.Ready():
	}
	w.cfg.Log.InfoContext(ctx, "the workspace is served", "url", address, "data", w.cfg.DataDir)
	started(Started{URL: address, Users: w.DemoUsers()})
	return door.until(ctx, ended, stop)
}

// httpDoor is an HTTP server on a listener.
type httpDoor struct {
	server *http.Server
	served chan error // what Serve ended with
}

// openDoor serves a workspace. Without TLS of its own, and with proxies, it serves those alone.
func openDoor(listener net.Listener, w *Workspace, plain bool) *httpDoor {
	handler := w.Handler()
	if proxies := w.cfg.proxies(); plain && len(proxies) > 0 {
		handler = proxies.only(handler)
	}
	d := &httpDoor{served: make(chan error, 1), server: &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute, // sockets are free of it once they are open
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(w.cfg.Log.Handler(), slog.LevelWarn),
	}}
	go func() { d.served <- d.server.Serve(listener) }()
	return d
}

// shut closes the door on everybody at once.
func (d *httpDoor) shut() error { return errors.Join(d.server.Close(), closed(<-d.served)) }

// until answers until ctx ends or the workspace does, and waits for both.
func (d *httpDoor) until(ctx context.Context, ended <-chan error, stop func()) error {
	var fault error
	select {
	case fault = <-d.served:
		d.served <- http.ErrServerClosed // it has ended already
	case fault = <-ended:
		if fault == nil {
			fault = domain.Errorf(domain.Internal, "the workspace ended by itself")
		}
		return errors.Join(fault, d.shut())
	case <-ctx.Done():
	}
	draining, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
	defer cancel()
	late := d.server.Shutdown(draining)
	if late != nil {
		late = d.server.Close() // somebody did not finish in time
	}
	stop()
	return errors.Join(fault, late, closed(<-d.served), <-ended)
}

// closed is nil for the error a server returns after it was asked to stop.
func closed(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// Server is a workspace served in the background, as the desktop app does for its demo studio.
type Server struct {
	Started
	stop  func()
	ended chan struct{}
	err   error // set before ended is closed
}

// Start serves a workspace in the background and returns when it answers. It ends with ctx or with Stop.
// A data folder that was filled before is opened, not filled again.
func Start(ctx context.Context, cfg ServeConfig) (*Server, error) {
	ctx, stop := context.WithCancel(ctx)
	s := &Server{stop: stop, ended: make(chan struct{})}
	ready := make(chan Started, 1)
	go func() {
		defer close(s.ended)
		s.err = Serve(ctx, cfg, func(started Started) { ready <- started })
	}()
	select {
	case s.Started = <-ready:
		return s, nil
	case <-s.ended:
		stop()
		if s.err == nil { // ctx ended before it was ready
			return nil, ctx.Err()
		}
		return nil, s.err
	}
}

// Ended is closed when the server has ended, for whatever reason.
func (s *Server) Ended() <-chan struct{} { return s.ended }

// Stop ends the server and waits until everything is closed.
func (s *Server) Stop() error {
	s.stop()
	<-s.ended
	return s.err
}
