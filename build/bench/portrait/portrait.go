// Package portrait measures how soon others see a new picture: two people's own clients against the real
// server, without windows.
package portrait

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack"
	"github.com/callboard/callboard/build/bench/figures"
)

const (
	width, height = 5472, 3648 // of 20 megapixels
	shown         = 96         // pixels of a picture in a list
	tries         = 5
)

// Measure measures with a server of its own, with its data in a folder.
func Measure(ctx context.Context, program, dir string) (found []figures.Figure, err error) {
	server := exec.CommandContext(ctx, program, "serve", "--quiet-demo", "--data", dir, "--listen", "127.0.0.1:0")
	out, err := server.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := server.Start(); err != nil {
		return nil, fmt.Errorf("start the server: %w", err)
	}
	defer func() { err = errors.Join(err, server.Process.Signal(os.Interrupt), server.Wait()) }()
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		return nil, fmt.Errorf("the server said no address: %w", err)
	}
	var first studio
	if err := json.Unmarshal(line, &first); err != nil {
		return nil, err
	}
	return first.measure(ctx)
}

// studio is what the server says first.
type studio struct {
	URL   string
	Users []struct{ Username, Password string }
}

// as signs somebody in. met hears of people who look otherwise.
func (s studio) as(ctx context.Context, name string, met func(domain.Person)) (*ftrack.Client, error) {
	i := slices.IndexFunc(s.Users, func(u struct{ Username, Password string }) bool { return u.Username == name })
	if i < 0 {
		return nil, fmt.Errorf("the demo has no %s", name)
	}
	session, err := ftrack.SignIn(ctx, ftrack.Config{Device: "bench"}, domain.SignIn{Address: s.URL, Username: name, Password: s.Users[i].Password})
	if err != nil {
		return nil, err
	}
	return ftrack.New(ftrack.Config{Address: s.URL, Token: session.Token, Met: met}), nil
}

func (s studio) measure(ctx context.Context) ([]figures.Figure, error) {
	met := make(chan domain.Person, 8)
	maya, err := s.as(ctx, "maya", nil)
	if err != nil {
		return nil, err
	}
	tomas, err := s.as(ctx, "tomas", func(who domain.Person) { met <- who })
	if err != nil {
		return nil, err
	}
	listening, leave := context.WithCancel(ctx)
	defer leave()
	ready := make(chan struct{}, 1)
	go func() { _ = tomas.Listen(listening, func(domain.Position) { ready <- struct{}{} }, func() {}) }()
	<-ready
	photo, err := photograph()
	if err != nil {
		return nil, err
	}
	var took []float64
	for range tries {
		began := time.Now()
		if _, err := maya.SetPicture(ctx, domain.NewPicture{Content: photo, Ending: ".jpg", Square: domain.Square{Left: 0.2, Top: 0.1, Edge: 0.8}}, func(int) {}); err != nil {
			return nil, err
		}
		select {
		case who := <-met:
			if _, _, err := tomas.Picture(ctx, who.ThumbnailID, shown); err != nil {
				return nil, err
			}
		case <-time.After(time.Minute):
			return nil, errors.New("nobody heard of the new picture")
		}
		took = append(took, figures.Milliseconds(time.Since(began)))
	}
	return []figures.Figure{
		{What: "a 20-megapixel photograph, from Save until another has the picture, slowest", Measured: figures.Part(took, 1), Bar: 2000, Unit: "ms"},
		{What: "  median", Measured: figures.Part(took, 0.5), Unit: "ms"},
		{What: "  the photograph", Measured: float64(len(photo)) / 1e6, Unit: "MB"},
	}, nil
}

// photograph is a JPEG as large as a camera makes it, with the grain of one.
func photograph() ([]byte, error) {
	picture := image.NewYCbCr(image.Rect(0, 0, width, height), image.YCbCrSubsampleRatio420)
	grain := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same grain each time
	for y := range height {
		for x := range width {
			picture.Y[y*picture.YStride+x] = uint8(40 + 160*x/width + int(grain.Uint32()%9))
		}
	}
	for i := range picture.Cb {
		picture.Cb[i], picture.Cr[i] = uint8(110+i%7), uint8(140+i%5)
	}
	var out bytes.Buffer
	err := jpeg.Encode(&out, picture, &jpeg.Options{Quality: 92})
	return out.Bytes(), err
}
