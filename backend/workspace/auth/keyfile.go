package auth

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

// keyFile is the file of keys. The first is the newest.
type keyFile struct {
	Note    string    `json:"note"`
	Current string    `json:"current"`
	Keys    []keptKey `json:"keys"`
}

type keptKey struct {
	ID     string `json:"id"`
	Secret string `json:"secret"` // in base64
}

const keyNote = "These keys protect the secrets in Callboard's database. Keep a copy apart from the database's: neither is of use without the other."

// readKeys reads the file of keys. The error is an fs.ErrNotExist where there is none.
func readKeys(path string) (keyFile, map[string][]byte, error) {
	var file keyFile
	content, err := os.ReadFile(path)
	if err != nil {
		return file, nil, fmt.Errorf("read the keys: %w", err)
	}
	damaged := func(why string) error {
		return domain.Errorf(domain.Invalid, "the file of keys %s is damaged (%s): put a copy of it back", path, why)
	}
	if err := json.Unmarshal(content, &file); err != nil {
		return file, nil, damaged("it is no JSON")
	}
	secrets := map[string][]byte{}
	for _, key := range file.Keys {
		secret, err := base64.StdEncoding.DecodeString(key.Secret)
		if err != nil || len(secret) != keySize || key.ID == "" || secrets[key.ID] != nil {
			return file, nil, damaged("the key " + key.ID + " is none")
		}
		secrets[key.ID] = secret
	}
	if secrets[file.Current] == nil {
		return file, nil, damaged("it has no current key")
	}
	return file, secrets, nil
}

// writeKeys puts the file of keys in place: whole, durable and for its owner alone, or not at all.
func writeKeys(path string, file keyFile) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("write the keys: %w", err)
		}
	}()
	file.Note = keyNote
	content, err := json.MarshalIndent(file, "", "  ")
	if err != nil {
		return err
	}
	out, err := os.CreateTemp(filepath.Dir(path), ".keys-*") // CreateTemp gives it to its owner alone
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(out.Name()) }() // it is gone where all went well
	_, err = out.Write(append(content, '\n'))
	if err := errors.Join(err, out.Sync(), out.Close()); err != nil {
		return err
	}
	if err := os.Rename(out.Name(), path); err != nil {
		return err
	}
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	_ = folder.Sync() // not every system can; the file itself is durable
	return folder.Close()
}

// changeKeys has change work on the file of keys while no other process does.
func changeKeys(ctx context.Context, path string, change func(*keyFile)) (err error) {
	release, err := store.LockFile(path + ".lock")
	for tries := 0; domain.CodeOf(err) == domain.Conflict && tries < 100; tries++ {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond): // it takes another process no longer to write a file
		}
		release, err = store.LockFile(path + ".lock")
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	file, _, err := readKeys(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	before := slices.Clone(file.Keys)
	if change(&file); slices.Equal(before, file.Keys) {
		return nil
	}
	return writeKeys(path, file)
}

// add puts a new key before the others and makes it the current one.
func (f *keyFile) add() {
	id, secret := newSecret()
	f.Current = id
	f.Keys = slices.Insert(f.Keys, 0, keptKey{ID: id, Secret: base64.StdEncoding.EncodeToString(secret)})
}

// Refresh reads the file of keys again, and says whether it has changed.
func (k *Keys) Refresh() (changed bool, err error) {
	if k.path == "" {
		return false, nil
	}
	file, secrets, err := readKeys(k.path)
	if err != nil {
		return false, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	changed = k.current != file.Current || len(secrets) != len(k.secrets)
	for id, secret := range secrets {
		changed = changed || !bytes.Equal(secret, k.secrets[id])
	}
	k.current, k.order, k.secrets = file.Current, nil, secrets
	for _, key := range file.Keys {
		k.order = append(k.order, key.ID)
	}
	return changed, nil
}
