package ftrack_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack"
)

func photo(t *testing.T, width, height int) []byte {
	t.Helper()
	picture := image.NewGray(image.Rect(0, 0, width, height))
	for i := range picture.Pix {
		picture.Pix[i] = uint8(i)
	}
	picture.SetGray(0, 0, color.Gray{200})
	var out bytes.Buffer
	if err := jpeg.Encode(&out, picture, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// following keeps a client connected to the event hub for the length of a test.
func following(t *testing.T, client *ftrack.Client) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ready, ended := make(chan struct{}, 1), make(chan struct{})
	go func() {
		defer close(ended)
		_ = client.Listen(ctx, func(domain.Position) { ready <- struct{}{} }, func() {})
	}()
	t.Cleanup(func() { cancel(); <-ended })
	<-ready
}

func (s studio) hears(t *testing.T) domain.Person {
	t.Helper()
	select {
	case who := <-s.met:
		return who
	case <-time.After(10 * time.Second):
		t.Fatal("nobody said that anybody looks otherwise")
		return domain.Person{}
	}
}

// TestAProfileIsChanged does it in one studio, because filling one takes a while.
func TestAProfileIsChanged(t *testing.T) {
	s := openStudio(t)
	t.Run("a new picture is seen by others and the old one is gone", s.picture)
	t.Run("a picture that is none is refused by its reason", s.refusedPicture)
	t.Run("an address is changed once its person showed who they are", s.address)
}

func (s studio) picture(t *testing.T) {
	maya, me := s.as("maya")
	tomas, _ := s.as("tomas")
	following(t, tomas)

	last := 0
	content := photo(t, 900, 600)
	first, err := maya.SetPicture(t.Context(), domain.NewPicture{Content: content, Ending: ".jpg", Square: domain.Square{Left: 0.1, Edge: 0.9}}, func(n int) { last = n })
	if err != nil {
		t.Fatal(err)
	}
	if last != len(content) {
		t.Errorf("%d of %d bytes were told of", last, len(content))
	}
	if who := s.hears(t); who.ID != me || who.ThumbnailID != first || who.Name != "Maya Lindqvist" && !strings.HasPrefix(who.Name, "Maya") {
		t.Errorf("heard of %+v", who)
	}
	data, kind, err := tomas.Picture(t.Context(), first, 96)
	if err != nil || kind != "image/png" {
		t.Fatalf("%s %v", kind, err)
	}
	if small, _, err := image.Decode(bytes.NewReader(data)); err != nil || small.Bounds().Size() != (image.Point{96, 96}) {
		t.Errorf("%v %v", small.Bounds(), err)
	}
	if people, err := tomas.People(t.Context(), []domain.UserID{me, "nobody"}); err != nil || len(people) != 1 || people[0].ThumbnailID != first {
		t.Errorf("%+v %v", people, err)
	}

	second, err := maya.SetPicture(t.Context(), domain.NewPicture{Content: photo(t, 40, 40), Ending: ".jpg"}, func(int) {})
	if err != nil || s.hears(t).ThumbnailID != second {
		t.Fatalf("%s %v", second, err)
	}
	if _, _, err := maya.Picture(t.Context(), first, 96); domain.CodeOf(err) != domain.NotFound {
		t.Errorf("the old picture: %v", err)
	}
	if err := maya.RemovePicture(t.Context()); err != nil || s.hears(t).ThumbnailID != "" {
		t.Errorf("taken away: %v", err)
	}
	if _, _, err := maya.Picture(t.Context(), second, 96); domain.CodeOf(err) != domain.NotFound {
		t.Errorf("the picture that was taken away: %v", err)
	}
	if err := maya.RemovePicture(t.Context()); err != nil {
		t.Errorf("taken away twice: %v", err)
	}
}

func (s studio) refusedPicture(t *testing.T) {
	maya, me := s.as("maya")
	before, err := maya.People(t.Context(), []domain.UserID{me})
	if err != nil {
		t.Fatal(err)
	}
	for content, want := range map[string]string{
		"<svg/>":                        domain.ReasonNoPicture,
		string(photo(t, 300, 10)):       domain.ReasonPictureTooSmall,
		string(photo(t, 300, 100)[:90]): domain.ReasonPictureDamaged,
	} {
		_, err := maya.SetPicture(t.Context(), domain.NewPicture{Content: []byte(content), Ending: ".jpg"}, func(int) {})
		if reasonOf(err) != want || domain.CodeOf(err) != domain.Invalid {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if after, err := maya.People(t.Context(), []domain.UserID{me}); err != nil || after[0] != before[0] {
		t.Errorf("%+v %v", after, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := maya.SetPicture(ctx, domain.NewPicture{Content: photo(t, 300, 300), Ending: ".jpg"}, func(int) { cancel() }); !errors.Is(err, context.Canceled) {
		t.Errorf("given up: %v", err)
	}
}

// TestAPictureGoesToNobodyElse has a server that wants it sent somewhere else, over an open line.
func TestAPictureGoesToNobodyElse(t *testing.T) {
	thief := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("it went there") }))
	defer thief.Close()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := new(bytes.Buffer)
		_, _ = body.ReadFrom(r.Body)
		switch {
		case strings.Contains(body.String(), "query_server_information"):
			_, _ = w.Write([]byte(`[{"version":"4","callboard":{"epoch":"e"},"company_information":{"name":"A"},"user_information":{"id":"u1"}}]`))
		case strings.Contains(body.String(), "get_upload_metadata"):
			_, _ = w.Write([]byte(`[{"url":"` + thief.URL + `/upload","headers":{}}]`))
		default:
			_, _ = w.Write([]byte(`[{"action":"query","data":[]}]`))
		}
	}))
	defer server.Close()
	client := ftrack.New(ftrack.Config{Address: server.URL, Token: "secret"})
	if _, err := client.SetPicture(t.Context(), domain.NewPicture{Content: photo(t, 64, 64)}, func(int) {}); domain.CodeOf(err) != domain.Unsupported {
		t.Errorf("%v", err)
	}
}

func (s studio) address(t *testing.T) {
	maya, _ := s.as("maya")
	if err := maya.SetEmail(t.Context(), "maya.l@aurora.example"); err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]string{"": domain.ReasonEmailMissing, "maya@": domain.ReasonEmailInvalid} {
		var known *domain.Error
		if err := maya.SetEmail(t.Context(), address); !errors.As(err, &known) || known.Reason != want || known.Field != "email" {
			t.Errorf("%q: %+v", address, err)
		}
	}
	var known *domain.Error
	if err := maya.Confirm(t.Context(), "not it", ""); !errors.As(err, &known) || known.Reason != "invalid_credentials" || known.Field != "password" {
		t.Errorf("%+v", err)
	}
	if err := maya.Confirm(t.Context(), s.password("maya"), ""); err != nil {
		t.Error(err)
	}
}

// password is that of one of the demo's people.
func (s studio) password(username string) string {
	for _, user := range s.Users {
		if user.Username == username {
			return user.Password
		}
	}
	return ""
}
