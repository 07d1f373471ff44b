// Callboard is the desktop inbox: a window and a tray icon over backend/desktop. This file and app.go
// are the only ones that know Wails.
//
// What a newcomer would get wrong: the binding generator runs this program up to wails.Run, so nothing
// before it may touch a file, a socket or the keychain.
package main

import (
	"embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/logger"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/options/mac"
	"github.com/wailsapp/wails/v2/pkg/options/windows"

	"github.com/callboard/callboard/backend/bridge"
	"github.com/callboard/callboard/backend/desktop"
	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/system"
)

//go:embed all:frontend/dist
var page embed.FS

//go:embed build/linux/callboard.png
var icon []byte

// version is set by the linker when a release is built.
var version = "dev"

// dropsThroughShell is where the web view tells its page nothing of a file that is dropped on it, and the shell
// has to: WebKitGTK, since pages could name files of their own choice there (CVE-2025-13947).
const dropsThroughShell = runtime.GOOS == "linux"

// appID names the app to the system: the desktop file, the tray, the single instance.
const appID = "callboard"

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// start is what the command line asks for.
type start struct {
	hidden bool
	demo   bool   // sign in to the demo studio where nobody is signed in
	data   string // a folder for everything; "" for the system's places
	item   domain.NotificationID
	trace  bool   // log when each step of a notification's way was done
	word   string // a command that needs no window
}

func run(arguments []string, out, errs io.Writer) int {
	// First of all, before any web view could read them.
	if err := errors.Join(system.CloseInspector(), system.TuneWebView()); err != nil {
		fmt.Fprintln(errs, "callboard:", err)
		return 1
	}
	asked, err := parse(arguments, errs)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	case asked.word == "version":
		fmt.Fprintln(out, "callboard", version)
		return 0
	case asked.word != "":
		fmt.Fprintf(errs, "callboard: there is no command %q; there is: version\n", asked.word)
		return 2
	}
	a, err := newApp(asked)
	if err == nil {
		err = open(a, asked)
	}
	if err = errors.Join(err, a.fault()); err != nil {
		fmt.Fprintln(errs, "callboard:", err)
		return 1
	}
	return 0
}

func parse(arguments []string, errs io.Writer) (start, error) {
	var asked start
	flags := flag.NewFlagSet("callboard", flag.ContinueOnError)
	flags.SetOutput(errs)
	flags.BoolVar(&asked.hidden, "hidden", false, "start in the tray, without a window")
	flags.BoolVar(&asked.demo, "demo", false, "open the demo studio, if nobody is signed in")
	flags.BoolVar(&asked.trace, "trace", false, "log every step of a notification's way")
	flags.StringVar(&asked.data, "data", "", "keep all files in this `folder`")
	if err := flags.Parse(arguments); err != nil {
		return start{}, err
	}
	// Whatever else stands there may come from a link, and so from anywhere.
	if asked.item = system.LinkIn(flags.Args()); asked.item == "" {
		asked.word = flags.Arg(0)
	}
	return asked, nil
}

// open opens the window and returns when the app has ended.
func open(a *app, asked start) error {
	if !system.HasDisplay() {
		return errors.New("there is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set)")
	}
	return wails.Run(&options.App{
		Title: "Callboard", Width: desktop.FullWidth, Height: desktop.FullHeight,
		MinWidth: desktop.MinWidth, MinHeight: desktop.MinHeight,
		BackgroundColour: options.NewRGB(0x1e, 0x1e, 0x1e),
		StartHidden:      asked.hidden,
		AssetServer:      &assetserver.Options{Assets: page, Handler: bridge.Pictures(a.desktop), Middleware: bridge.Strict},
		OnStartup:        a.startup,
		OnShutdown:       a.shutdown,
		OnBeforeClose:    a.beforeClose,
		Bind:             a.doors.Bound(),
		EnumBind: []any{
			domain.AllKinds, domain.AllCodes, domain.AllVerbs, domain.AllPhases, domain.AllThemes,
			domain.AllChannels, domain.AllPages, domain.AllDigestIntervals,
			domain.AllViews, domain.AllHappenings, domain.AllStates,
		},
		ErrorFormatter:     bridge.Failure,
		SingleInstanceLock: a.singleInstance(asked),
		Logger:             shellLog{a.log},
		LogLevel:           logger.WARNING,
		LogLevelProduction: logger.WARNING,
		DragAndDrop:        &options.DragAndDrop{EnableFileDrop: dropsThroughShell},
		Linux:              &linux.Options{Icon: icon, ProgramName: appID, WebviewGpuPolicy: linux.WebviewGpuPolicyNever},
		Windows:            &windows.Options{WindowClassName: "Callboard", WebviewUserDataPath: a.webData(), OnResume: a.desktop.Wake},
		Mac:                &mac.Options{OnUrlOpen: func(link string) { a.second([]string{link}) }},
	})
}
