// Package postgrestest gives tests a PostgreSQL of their own: a private cluster, in a temporary folder, from
// the programs that Debian's package postgresql brings, and in it a fresh database for whoever asks. There
// are two clusters a test process, each started when it is first asked for: that of Database is set up as
// people set theirs up, so that commits are durable and may be measured; that of Prepared never waits for a disk.
//
// Nothing is left behind: a small shell watches over each cluster, and when the test process ends, however
// it ends, the pipe between them closes and the shell stops the cluster and removes the folder.
package postgrestest

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// durable and hasty are started by the first who asks.
var (
	durable = sync.OnceValues(func() (server, error) { return start("on") })
	hasty   = sync.OnceValues(func() (server, error) { return start("off") })
)

// databases counts the databases made so far, for their names.
var databases atomic.Int64

// Database gives the address of a fresh, empty database whose commits are durable. Where PostgreSQL is not
// installed the test fails.
func Database(t testing.TB) string {
	t.Helper()
	return create(t, durable)
}

// Durable gives what Database gives, to whoever is no test.
func Durable(ctx context.Context) (address string, err error) { return fresh(ctx, durable) }

func create(t testing.TB, cluster func() (server, error)) string {
	t.Helper()
	address, err := fresh(t.Context(), cluster)
	if err != nil {
		t.Fatal(err)
	}
	return address
}

func fresh(ctx context.Context, cluster func() (server, error)) (address string, err error) {
	server, err := cluster()
	if err != nil {
		return "", err
	}
	name := "test" + strconv.FormatInt(databases.Add(1), 10)
	err = in(server.address("postgres"), func(db *sql.DB) error {
		_, err := db.ExecContext(ctx, "CREATE DATABASE "+name)
		return err
	})
	return server.address(name), err
}

// in opens a database for as long as do runs.
func in(address string, do func(*sql.DB) error) error {
	db, err := sql.Open("pgx", address)
	if err != nil {
		return err
	}
	return errors.Join(do(db), db.Close())
}

type server struct {
	port int
	// lifeline is our end of the pipe to the watcher. It is held open until this process ends.
	lifeline io.Closer
}

func (s server) address(database string) string {
	return fmt.Sprintf("postgres://callboard@127.0.0.1:%d/%s?sslmode=disable", s.port, database)
}

// start makes a cluster; fsync is PostgreSQL's setting of that name.
func start(fsync string) (s server, err error) {
	programs, err := programs()
	if err != nil {
		return s, err
	}
	// The system's temporary folder and not the test's: its owner is another user where we are root.
	dir, err := os.MkdirTemp("", "callboard-postgres-")
	if err != nil {
		return s, err
	}
	if s.port, err = freePort(); err != nil {
		return s, err
	}
	as, err := unprivileged(dir)
	if err != nil {
		return s, err
	}
	data := filepath.Join(dir, "data")
	make := exec.CommandContext(context.Background(), filepath.Join(programs, "initdb"),
		"--pgdata", data, "--username", "callboard", "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync")
	make.Dir, make.SysProcAttr = dir, as
	if said, err := make.CombinedOutput(); err != nil {
		return s, fmt.Errorf("initdb: %w\n%s", err, said)
	}
	if s.lifeline, err = watch(programs, dir, s.port, fsync); err != nil {
		return s, err
	}
	return s, answering(s.address("postgres"), filepath.Join(dir, "log"))
}

// watcher runs the server until its standard input ends, and then removes what is left.
const watcher = `
"$1/postgres" -D "$2/data" -p "$3" -k "$2" -c listen_addresses=127.0.0.1 -c max_connections=200 -c fsync="$4" >"$2/log" 2>&1 </dev/null &
read -r _
kill -QUIT $!
wait
rm -rf "$2"
`

func watch(programs, dir string, port int, fsync string) (lifeline io.Closer, err error) {
	as, err := unprivileged(dir)
	if err != nil {
		return nil, err
	}
	command := exec.CommandContext(context.Background(), "sh", "-c", watcher, "sh", programs, dir, strconv.Itoa(port), fsync)
	command.Dir, command.SysProcAttr = "/", as
	if lifeline, err = command.StdinPipe(); err != nil {
		return nil, err
	}
	return lifeline, command.Start()
}

// answering waits until the server does.
func answering(address, log string) error {
	deadline := time.Now().Add(time.Minute)
	for {
		err := in(address, func(db *sql.DB) error { return db.PingContext(context.Background()) })
		if err == nil {
			return nil
		}
		if time.Now().After(deadline) {
			said, unread := os.ReadFile(log)
			return fmt.Errorf("PostgreSQL does not answer: %w\n%s", errors.Join(err, unread), bytes.TrimSpace(said))
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// programs is the folder of the newest PostgreSQL there is. Debian keeps them out of the search path.
func programs() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return "", err
	}
	if len(found) > 0 {
		version := func(path string) int {
			n, _ := strconv.Atoi(strings.Split(path, "/")[4])
			return n
		}
		return filepath.Dir(slices.MaxFunc(found, func(a, b string) int { return version(a) - version(b) })), nil
	}
	path, err := exec.LookPath("initdb")
	if err != nil {
		return "", fmt.Errorf("this test needs PostgreSQL: install it first (on Debian: apt-get install postgresql)")
	}
	return filepath.Dir(path), nil
}

func freePort() (int, error) {
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	port := listener.Addr().(*net.TCPAddr).Port
	return port, listener.Close()
}
