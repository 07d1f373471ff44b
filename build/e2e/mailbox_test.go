//go:build e2e

package e2e

import (
	"bytes"
	"html"
	"io"
	"mime"
	"mime/quotedprintable"
	"net/http"
	"net/mail"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// letters gives the texts of the letters with a subject that lie in the server's data folder, as they do
// where no mail server is named.
func (s *studio) letters(t *testing.T, subject string) (texts []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(s.data, "mail", "*.eml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		letter, err := mail.ReadMessage(bytes.NewReader(raw))
		if err != nil { // it is being written
			continue
		}
		decoded, err := new(mime.WordDecoder).DecodeHeader(letter.Header.Get("Subject"))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(decoded, subject) {
			continue
		}
		text, err := io.ReadAll(quotedprintable.NewReader(letter.Body))
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	return texts
}

var (
	resetLink   = regexp.MustCompile(`https?://\S+/reset\?token=\S+`)
	hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)"`)
)

// choosePassword follows the link of the mail for a new password, and fills in the form behind it.
func (s *studio) choosePassword(t *testing.T, password string) {
	t.Helper()
	var link string
	eventually(t, "the mail with the link comes", func() bool {
		for _, text := range s.letters(t, "A new password for") {
			link = resetLink.FindString(text)
		}
		return link != ""
	})
	form := url.Values{"password": {password}, "again": {password}}
	for _, field := range hiddenField.FindAllStringSubmatch(browse(t, http.MethodGet, link, nil), -1) {
		form.Set(field[1], html.UnescapeString(field[2]))
	}
	address, _, _ := strings.Cut(link, "?")
	if said := browse(t, http.MethodPost, address, form); !strings.Contains(said, "is saved") {
		t.Errorf("the page for a new password said %s", said)
	}
}

// browse asks for a page as a browser does.
func browse(t *testing.T, method, address string, form url.Values) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: %s %v", method, address, answer.Status, err)
	}
	return string(text)
}
