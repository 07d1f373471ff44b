package workspace_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/workspace"
	"github.com/callboard/callboard/backend/workspace/demo"
)

// victim names the data folder of a server that is to be killed.
const victim = "CALLBOARD_TEST_VICTIM"

// TestVictim is no test: it is the server that TestAKilledServerGoesOnWithItsMedia starts and kills.
func TestVictim(t *testing.T) {
	dir := os.Getenv(victim)
	if dir == "" {
		t.Skip("nobody is to be killed")
	}
	server, err := workspace.Start(context.Background(), workspace.ServeConfig{Config: workspace.Config{DataDir: dir, Demo: &demo.Config{Quiet: true}}})
	if err != nil {
		t.Fatal(err)
	}
	said, err := json.Marshal(server.Started)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("%s\n", said)
	<-server.Ended()
}

// TestAKilledServerGoesOnWithItsMedia kills a server in the middle of an encoding and of an upload.
func TestAKilledServerGoesOnWithItsMedia(t *testing.T) {
	dir := t.TempDir()
	command := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestVictim$")
	command.Env = append(os.Environ(), victim+"="+dir)
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	server := &workspace.Server{}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &server.Started)
	}
	if err != nil {
		t.Fatal(err)
	}
	var picture bytes.Buffer // large enough to be at it for a while
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&picture, image.NewGray(image.Rect(0, 0, 6000, 4000))); err != nil {
		t.Fatal(err)
	}
	source := upload(t, server, "maya", "large", ".png", picture.String())
	half := upload(t, server, "maya", "half", ".bin", "old")
	address, headers := announced(t, server, "maya", half, "brand new")
	slow, sent := io.Pipe()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, address, slow)
	if err != nil {
		t.Fatal(err)
	}
	request.ContentLength = 9
	request.Header.Set("Content-MD5", headers["Content-MD5"])
	cut := make(chan error, 1)
	go func() {
		answer, err := http.DefaultClient.Do(request)
		if err == nil {
			err = answer.Body.Close()
		}
		cut <- err
	}()
	if _, err := sent.Write([]byte("brand")); err != nil {
		t.Fatal(err)
	}
	job := call(t, server, "maya", fmt.Sprintf(`[{"action": "encode_media", "component_id": %q, "keep_original": true}]`, source))[0]["job_id"].(string)
	status := func() any {
		return rows(t, server, "maya", fmt.Sprintf("select status from Job where id is %q", job))[0].(map[string]any)["status"]
	}
	for status() == "queued" {
		time.Sleep(time.Millisecond)
	}
	was := status()
	if err := command.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = command.Wait() // it was killed
	if err := sent.CloseWithError(io.ErrUnexpectedEOF); err != nil {
		t.Error(err)
	}
	if err := <-cut; err == nil {
		t.Error("half an upload was accepted")
	}
	if was != "running" {
		t.Fatalf("killed too late: the job is %v", was)
	}

	// The next server begins when the dead one's lease is over.
	later := func() time.Time { return time.Now().Add(10 * time.Minute) }
	server, err = workspace.Start(context.WithoutCancel(t.Context()), workspace.ServeConfig{Config: workspace.Config{
		DataDir: dir, Demo: &demo.Config{Quiet: true}, Clock: later, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	})
	for deadline := time.Now().Add(2 * time.Minute); status() != "done"; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("the job is %v", status())
		}
	}
	kept := fmt.Sprintf("/component/get?id=%s&username=maya&apiKey=%s", half, userOf(t, server, "maya").APIKey)
	if got := fetch(t, http.MethodGet, server.URL+kept, "", nil); got.body != "old" {
		t.Errorf("half a file is served: %q", got.body)
	}
}
