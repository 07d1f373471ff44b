//go:build production

// Command bare is the yardstick of ./dev bench: a Wails window of the app's options around an empty
// page. What it costs is the floor of this stack; what Callboard costs above it is ours. It prints
// "painted" with the milliseconds since it began when its second frame is drawn.
package main

import (
	"context"
	"embed"
	"fmt"
	"os"
	"time"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/runtime"
)

//go:embed all:page
var page embed.FS

func main() {
	began := time.Now()
	err := wails.Run(&options.App{
		Title: "Bare", Width: 1100, Height: 720,
		AssetServer: &assetserver.Options{Assets: page},
		Linux:       &linux.Options{ProgramName: "bare", WebviewGpuPolicy: linux.WebviewGpuPolicyNever},
		OnStartup: func(ctx context.Context) {
			runtime.EventsOn(ctx, "painted", func(...any) {
				fmt.Fprintf(os.Stdout, "painted %.1f\n", float64(time.Since(began).Microseconds())/1000)
			})
		},
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
