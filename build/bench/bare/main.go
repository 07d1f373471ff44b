//go:build production

// Command bare is the yardstick of ./dev bench: a Wails window of the app's options around an empty
// page. What it costs is the floor of this stack; what Callboard costs above it is ours.
package main

import (
	"embed"
	"fmt"
	"os"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
)

//go:embed all:page
var page embed.FS

func main() {
	err := wails.Run(&options.App{
		Title: "Bare", Width: 1240, Height: 800,
		AssetServer: &assetserver.Options{Assets: page},
		Linux:       &linux.Options{ProgramName: "bare", WebviewGpuPolicy: linux.WebviewGpuPolicyNever},
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
