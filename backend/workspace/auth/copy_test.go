package auth_test

import (
	"database/sql"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/workspace/auth"
)

// dump reads every value of the database as text, by the column it stands in.
func (s *studio) dump(t *testing.T) map[string]string {
	t.Helper()
	driver, address, list := "pgx", s.at.Database, "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
	if address == "" {
		driver, address, list = "sqlite", s.at.Path, "SELECT name FROM sqlite_master WHERE type = 'table'"
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	values := map[string]string{}
	each := func(query string, row func(columns []string, values []any)) {
		rows, err := db.QueryContext(t.Context(), query)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = rows.Close() }()
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			into := make([]any, len(columns))
			for i := range into {
				into[i] = new(any)
			}
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			for i := range into {
				into[i] = *into[i].(*any)
			}
			row(columns, into)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
	var tables []string
	each(list, func(_ []string, row []any) { tables = append(tables, fmt.Sprint(row[0])) })
	for _, table := range tables {
		each(`SELECT * FROM "`+table+`"`, func(columns []string, row []any) {
			for i, value := range row {
				if raw, ok := value.([]byte); ok {
					value = string(raw)
				}
				if text := fmt.Sprint(value); value != nil {
					values[text] = table + "." + columns[i]
				}
			}
		})
	}
	return values
}

// guarding are the tables with anything of a secret in them: what hashing takes long to refuse is taken from
// there alone.
var guarding = []string{
	"password", "second_factor", "backup_code", "usersession", "device", "apikey", "api_key_secret", "password_reset", "key_check", "workspace_meta", "throttle", "outbox",
}

// TestACopyOfTheDatabaseOpensNothing tries every value in it, and what can be made of them, as every kind of
// credential; and looks that none of the secrets stands in it.
func TestACopyOfTheDatabaseOpensNothing(t *testing.T) {
	s := mailed(t)
	mine := s.in(t)
	secret := s.enrol(t, mine)
	codes, err := s.MakeBackupCodes(t.Context(), mine.Who, s.code(t, secret), here)
	if err != nil {
		t.Fatal(err)
	}
	key, err := s.CreateKey(t.Context(), "u1", "farm")
	if err != nil {
		t.Fatal(err)
	}
	s.work(t)
	link := s.link(t)
	waiting := func() { // a letter that waits to be sent
		if err := s.Forgot(t.Context(), "maya", here); err != nil {
			t.Fatal(err)
		}
	}
	waiting()

	dump := s.dump(t)
	if len(dump) < 50 {
		t.Fatalf("it has %d values", len(dump))
	}
	all := strings.Join(slices.Collect(maps.Keys(dump)), "\n")
	for name, hidden := range map[string]string{
		"the password": password, "the authenticator's secret": secret, "a backup code": codes[0], "a backup code, typed": strings.ReplaceAll(codes[0], "-", ""),
		"a session": mine.Token, "a device": mine.DeviceToken, "an API key": key, "a link": link,
	} {
		if strings.Contains(all, hidden) {
			t.Errorf("%s stands in the database", name)
		}
	}

	tries := 0
	for value, column := range dump {
		if len(value) < 6 || value == password {
			continue
		}
		opened := func(how string, err error) {
			if err == nil {
				t.Errorf("%s opens: %s", column, how)
			}
		}
		_, err := s.Authenticate(t.Context(), auth.Credentials{Bearer: value})
		opened("as a token", err)
		_, err = s.Authenticate(t.Context(), auth.Credentials{Username: "maya", Key: value})
		opened("as a key", err)
		_, err = s.ResetOffered(t.Context(), value)
		opened("as a link", err)
		table, name, _ := strings.Cut(column, ".")
		if slices.Contains(guarding, table) && !strings.HasSuffix(name, "_at") && !strings.HasSuffix(name, "time") {
			if tries++; tries%2 == 0 { // before there is a pause
				s.later(20 * time.Minute)
			}
			_, err = s.SignIn(t.Context(), auth.Attempt{Username: "maya", Password: value, Code: codes[1], Address: here})
			opened("as a password", err)
			for _, code := range codesOf(t, s, value) {
				_, err = s.SignIn(t.Context(), auth.Attempt{Username: "maya", Password: password, Code: code, Address: here})
				opened("as a second factor", err)
			}
		}
	}
	s.later(20 * time.Minute)
	if _, err := s.SignIn(t.Context(), auth.Attempt{Username: "maya", Password: password, Code: codes[2], Address: here}); err != nil {
		t.Errorf("what should open does not: %v", err)
	}
}

// codesOf are the codes that a value could be, or give as the secret of an authenticator.
func codesOf(t *testing.T, s *studio, value string) []string {
	t.Helper()
	codes := []string{value}
	raw := []byte(value)
	if decoded, err := hex.DecodeString(value); err == nil {
		raw = decoded
	}
	if decoded, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(value); err == nil {
		raw = decoded
	}
	return append(codes, authenticator(t, base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(raw), s.clock()))
}
