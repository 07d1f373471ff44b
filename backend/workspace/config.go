package workspace

import (
	"log/slog"
	"net/url"
	"path/filepath"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/demo"
	"github.com/callboard/callboard/backend/workspace/mail"
)

// Config is what a workspace needs to know. Only DataDir has no default.
type Config struct {
	// DataDir holds everything that must survive: the data file, the media files, the demo's keys.
	DataDir string
	// Database is the address of a PostgreSQL database, postgres://user@host/name, that takes the place of
	// the data file. Several servers may use it at once. It may hold a password, and is never logged.
	Database string
	// Keys is the file of the keys that protect secrets in the database; "" is keys.json in DataDir. It is
	// made at the first start. Servers over one database share it.
	Keys string
	// BaseURL is the address people use, as it stands in links. Serve fills in its listener's where it is empty.
	BaseURL string
	// TrustedProxy lists the networks, parted by commas, of the proxies that stand before the server: their
	// word on where a request comes from counts, and nobody else's.
	TrustedProxy string
	// SMTP is the address of the server that takes mail, as mail.Config says; "" writes letters to files in
	// DataDir. It holds a secret.
	SMTP string
	// Name is the studio's name; "" is "Aurora Pictures" in a demo and "Callboard" otherwise.
	Name string
	// Version is the program's version.
	Version string
	// MaxUpload is the most bytes of an uploaded file; 0 is media's own limit.
	MaxUpload int64
	// Demo fills an empty workspace with the demo show and lets its people work; nil does not.
	Demo *demo.Config
	// Clock is the time; nil is the computer's.
	Clock func() time.Time
	// Log receives what the server has to say; nil discards it.
	Log *slog.Logger
}

// defaults fills in what was left out, and refuses what cannot work.
func (c Config) defaults() (Config, error) {
	if c.DataDir == "" {
		return c, domain.Errorf(domain.Invalid, "a workspace needs a data folder")
	}
	if c.BaseURL != "" {
		if u, err := url.Parse(c.BaseURL); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return c, &domain.Error{Code: domain.Invalid, Field: "base-url", Message: "the base URL must be an http or https address, such as https://callboard.example"}
		}
	}
	if _, err := parseProxies(c.TrustedProxy); err != nil {
		return c, err
	}
	if err := mail.Check(c.SMTP); err != nil {
		return c, err
	}
	if c.MaxUpload < 0 {
		return c, &domain.Error{Code: domain.Invalid, Field: "max-upload", Message: "the most of an uploaded file cannot be less than nothing"}
	}
	if c.Demo != nil {
		if err := c.Demo.Valid(); err != nil {
			return c, err
		}
	}
	if c.Name == "" {
		c.Name = "Callboard"
		if c.Demo != nil {
			c.Name = "Aurora Pictures"
		}
	}
	if c.Version == "" {
		c.Version = "dev"
	}
	if c.Clock == nil {
		c.Clock = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c, nil
}

func (c Config) dataFile() string { return filepath.Join(c.DataDir, "workspace.db") }
func (c Config) keyFile() string {
	if c.Keys != "" {
		return c.Keys
	}
	return filepath.Join(c.DataDir, "keys.json")
}
func (c Config) mail() string      { return filepath.Join(c.DataDir, "mail") }
func (c Config) media() string     { return filepath.Join(c.DataDir, "media") }
func (c Config) uploadKey() string { return filepath.Join(c.DataDir, "upload.key") }
func (c Config) demoUsers() string { return filepath.Join(c.DataDir, "demo-users.json") }
