package ftrack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

const (
	// serverLocation is the store of files that the server itself has, on every site.
	serverLocation = "3a372bde-05bc-11e4-8908-20c9d081909b"
	// portraitName names the components that hold pictures made here.
	portraitName = "portrait"
	// patienceWithFiles is how long sending a picture may take: a slow line is no failure.
	patienceWithFiles = 10 * time.Minute
)

// SetPicture makes a square of a picture the person's own, through the protocol's own means: an upload, a
// component, a thumbnail. A Callboard server keeps the square alone; another site keeps the file as it is.
// sent hears, now and then, how many bytes are on their way.
func (c *Client) SetPicture(ctx context.Context, p domain.NewPicture, sent func(int)) (domain.ComponentID, error) {
	me, err := c.self(ctx)
	if err != nil {
		return "", err
	}
	before, err := c.ownPicture(ctx, me)
	if err != nil {
		return "", err
	}
	id := uuid.NewString()
	replies, err := c.call(ctx, wire.Operation{Action: "get_upload_metadata", Rest: map[string]any{
		"component_id": id, "file_name": portraitName + p.Ending, "file_size": len(p.Content), "square": p.Square,
	}})
	if err != nil {
		return "", err
	}
	var offer struct {
		URL     string            `json:"url"`
		Headers map[string]string `json:"headers"`
	}
	if err := json.Unmarshal(replies[0].Raw, &offer); err != nil || offer.URL == "" {
		return "", notCallboard(errors.Join(errors.New("no address was answered"), err))
	}
	stored, err := c.put(ctx, offer.URL, offer.Headers, p, sent)
	if err != nil {
		return "", err
	}
	_, err = c.call(ctx,
		creation("FileComponent", map[string]any{"id": id, "name": portraitName, "file_type": stored.Ending, "size": stored.Size, "system_type": "file"}),
		creation("ComponentLocation", map[string]any{"id": uuid.NewString(), "component_id": id, "location_id": serverLocation, "resource_identifier": id}),
		thumbnail(me, id))
	if err != nil {
		return "", err
	}
	c.discard(ctx, before)
	return domain.ComponentID(id), nil
}

// RemovePicture takes the person's picture away.
func (c *Client) RemovePicture(ctx context.Context) error {
	me, err := c.self(ctx)
	if err != nil {
		return err
	}
	before, err := c.ownPicture(ctx, me)
	if err != nil {
		return err
	}
	if _, err := c.call(ctx, thumbnail(me, nil)); err != nil {
		return err
	}
	c.discard(ctx, before)
	return nil
}

func thumbnail(of domain.UserID, component any) wire.Operation {
	return wire.Operation{Action: "update", EntityType: "User", EntityKey: []string{string(of)}, EntityData: map[string]any{"thumbnail_id": component}}
}

// ownPicture is the component of the person's picture, where it was made here and is nothing else's.
func (c *Client) ownPicture(ctx context.Context, me domain.UserID) (id string, err error) {
	rows, err := c.query(ctx, "select thumbnail_id, thumbnail.name from User where id is "+quote(string(me)))
	if err != nil || len(rows) == 0 {
		return "", err
	}
	component, _ := rows[0]["thumbnail"].(map[string]any)
	if text(component, "name") != portraitName {
		return "", nil
	}
	return text(rows[0], "thumbnail_id"), nil
}

// discard deletes a picture that nobody shows any more. That it cannot be is no failure of what was asked.
func (c *Client) discard(ctx context.Context, component string) {
	if component == "" {
		return
	}
	if _, err := c.call(ctx, deletion("FileComponent", component)); err != nil {
		c.cfg.Log.InfoContext(ctx, "an old picture stays on the server", "error", err)
	}
}

// stored is what a server keeps of a picture.
type stored struct {
	Ending string `json:"file_type"`
	Size   int    `json:"size"`
}

// put sends a picture where the server wants it. The address itself is the permission: no token goes there.
func (c *Client) put(ctx context.Context, address string, headers map[string]string, p domain.NewPicture, sent func(int)) (stored, error) {
	if err := c.trusted(address); err != nil {
		return stored{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, patienceWithFiles)
	defer cancel()
	body := func() (io.ReadCloser, error) {
		return io.NopCloser(&counting{Reader: bytes.NewReader(p.Content), sent: sent}), nil
	}
	first, _ := body()
	request, err := http.NewRequestWithContext(ctx, http.MethodPut, address, first)
	if err != nil {
		return stored{}, notCallboard(err)
	}
	request.GetBody = body // a kept connection may turn out to be dead
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	request.ContentLength = int64(len(p.Content))
	sender := *c.cfg.HTTP
	sender.Timeout = 0 // that of the context counts
	response, err := sender.Do(request)
	if err != nil {
		if ctx.Err() != nil && !errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return stored{}, ctx.Err()
		}
		return stored{}, unreachable(err)
	}
	defer func() { _ = response.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(response.Body, mostAnswer))
	if err != nil {
		return stored{}, unreachable(err)
	}
	if err := refusal(response, answer); err != nil {
		return stored{}, err
	}
	kept := stored{Ending: p.Ending, Size: len(p.Content)}
	_ = json.Unmarshal(answer, &kept) // a store that keeps the file as it is answers nothing
	return kept, nil
}

// trusted refuses to send a picture over an open line to somebody else than the server itself.
func (c *Client) trusted(address string) error {
	to, err := url.Parse(address)
	if err != nil {
		return notCallboard(err)
	}
	server, err := url.Parse(c.cfg.Address)
	if err != nil || to.Scheme != "https" && (to.Scheme != server.Scheme || to.Host != server.Host) {
		return notCallboard(fmt.Errorf("it wants files sent to %s", to.Host))
	}
	return nil
}

// counting tells how much of a body was read.
type counting struct {
	io.Reader
	sent func(int)
	n    int
}

func (c *counting) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += n
	c.sent(c.n)
	return n, err
}
