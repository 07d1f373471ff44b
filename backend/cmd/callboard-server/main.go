// Command callboard-server is the studio's workspace server and the few words an administrator says to
// it. It only reads the command line; what the words do lives in package workspace. Standard output is
// for programs: the first line of serve is one JSON object. Everything else goes to standard error.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/callboard/callboard/backend/workspace"
)

// version is set by the linker.
var version = "dev"

const usage = `Usage: callboard-server COMMAND [FLAGS] [ARGUMENTS]

Commands:
  serve                       serve a workspace (--demo: with a demo show)
  user add USERNAME           add a person; the password is read from standard input
  user list                   list the people
  user invite USERNAME        mail a person a link to choose their password
  user set-password USERNAME  give a person a new password, read from standard input
  user reset-2fa USERNAME     turn off the second factor of somebody who has lost it
  user rename USERNAME NAME   give a person another name for signing in
  user deactivate USERNAME    end a person's access, and their sessions
  audit                       tell who did what, when and from where
  edition [NAME]              say the workspace's edition, or set it
  backup FILE                 write a copy of the data, also while it is served; what was
                              uploaded lies in the folder media and is copied beside it
  restore [FILE]              put such a copy in the place of the data; without a file, for
                              a PostgreSQL database that was restored with its own tools
  keys rotate                 protect the secrets in the database with a new key
  version                     say the version

callboard-server COMMAND -h tells the flags of a command.
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// The exit codes: a wrong command line is told apart from a failure.
const (
	exitOK = iota
	exitFailed
	exitUsage
)

// console is what a command reads and writes.
type console struct {
	in       io.Reader
	out, err io.Writer
}

// usageError is a command line that cannot be understood.
type usageError string

func (e usageError) Error() string { return string(e) }

// errTold is a wrong command line of which the flag package has told already.
const errTold = usageError("")

// run carries out one command line and gives the exit code.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	c := console{in, out, errs}
	err := c.command(ctx, args)
	var wrong usageError
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return exitOK
	case errors.Is(err, errTold):
		return exitUsage
	case errors.As(err, &wrong):
		fmt.Fprintf(errs, "callboard-server: %s\n\n%s", wrong, usage)
		return exitUsage
	default:
		fmt.Fprintf(errs, "callboard-server: %s\n", err)
		return exitFailed
	}
}

func (c console) command(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return usageError("no command was given")
	}
	switch args[0] {
	case "serve":
		return c.serve(ctx, args[1:])
	case "user":
		return c.user(ctx, args[1:])
	case "keys":
		return c.keys(ctx, args[1:])
	case "backup":
		return c.backup(ctx, args[1:])
	case "restore":
		return c.restore(ctx, args[1:])
	case "audit":
		return c.audit(ctx, args[1:])
	case "edition":
		return c.edition(ctx, args[1:])
	case "version", "--version":
		_, err := fmt.Fprintln(c.out, version)
		return err
	case "help", "-h", "--help":
		_, err := fmt.Fprint(c.out, usage)
		return err
	default:
		return usageError(fmt.Sprintf("there is no command %q", args[0]))
	}
}

// flags makes the flag set of a command. Flags and arguments may stand in any order.
func (c console) flags(name, arguments string) *flag.FlagSet {
	set := flag.NewFlagSet("callboard-server "+name, flag.ContinueOnError)
	set.SetOutput(c.err)
	set.Usage = func() {
		fmt.Fprintf(c.err, "Usage: callboard-server %s [FLAGS] %s\n\nFlags:\n", name, arguments)
		set.PrintDefaults()
	}
	return set
}

// parse reads the flags and wants exactly so many arguments beside them.
func (c console) parse(set *flag.FlagSet, args []string, want int) ([]string, error) {
	return c.parseSome(set, args, want, want)
}

// parseSome reads the flags and wants at least and at most so many arguments beside them.
func (c console) parseSome(set *flag.FlagSet, args []string, least, most int) ([]string, error) {
	var rest []string
	for {
		if err := set.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return nil, err
			}
			return nil, errTold
		}
		if set.NArg() == 0 {
			break
		}
		rest, args = append(rest, set.Arg(0)), set.Args()[1:]
	}
	if len(rest) < least || len(rest) > most {
		wanted := fmt.Sprint(least)
		if least != most {
			wanted = fmt.Sprintf("%d to %d", least, most)
		}
		fmt.Fprintf(c.err, "%d arguments were given, %s are wanted\n", len(rest), wanted)
		set.Usage()
		return nil, errTold
	}
	return rest, nil
}

// placeFlags are the flags that every command has. What they give, once read, says where everything is kept.
func placeFlags(set *flag.FlagSet) func() workspace.Config {
	data := set.String("data", "callboard-data", "the `folder` in which everything is kept")
	database := set.String("database", "", "the `URL` of a PostgreSQL database to keep it in, but for files:\n"+
		"postgres://user:password@host/name. Better set CALLBOARD_DATABASE to\nit, because command lines show in process lists")
	keys := set.String("keys", "", "the `file` of the keys that protect secrets in the database (default keys.json in\nthe data folder). Keep a copy apart from the database's")
	return func() workspace.Config {
		if *database == "" {
			*database = os.Getenv("CALLBOARD_DATABASE")
		}
		return workspace.Config{DataDir: *data, Database: *database, Keys: *keys}
	}
}
