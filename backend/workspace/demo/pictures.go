package demo

import (
	"bytes"
	"context"
	"hash/fnv"
	"runtime"
	"sync"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// The size of a shot's picture, 16:9.
const (
	pictureWidth  = 480
	pictureHeight = 270
)

// canvas is one picture to be painted.
type canvas struct {
	id    domain.ComponentID
	name  string
	paint func() ([]byte, error)
}

func (c canvas) painted() ([]byte, error) { return c.paint() }

func canvases() []canvas {
	var all []canvas
	for _, p := range People {
		all = append(all, canvas{p.picture(), p.Username, func() ([]byte, error) { return portrait(p.look) }})
	}
	add := func(at string, l light) {
		all = append(all, canvas{pictureOf(at), "thumbnail", func() ([]byte, error) {
			return landscape(pictureWidth, pictureHeight, seedOf(at), l)
		}})
	}
	for _, f := range films {
		for _, s := range f.sequences {
			for i, shot := range s.shots {
				add("shot/"+shot, lights[s.lights[i%len(s.lights)]])
			}
		}
		for i, b := range f.builds {
			add("build/"+b.name, lights[(i*3+2)%len(lights)])
		}
	}
	return all
}

func seedOf(name string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(name)) // never fails, by its contract
	return h.Sum32()
}

// paintAll paints and keeps every picture and gives the operations that make them known. Painting takes
// most of the time of filling a workspace, so it uses what processors there are.
func (d *Demo) paintAll(ctx context.Context) ([]wire.Operation, error) {
	all := canvases()
	ops := make([]wire.Operation, len(all))
	errs := make([]error, len(all))
	var painters sync.WaitGroup
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		painters.Go(func() {
			for i := range next {
				ops[i], errs[i] = d.hang(ctx, all[i])
			}
		})
	}
	for i := range all {
		next <- i
	}
	close(next)
	painters.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return ops, nil
}

func (d *Demo) hang(ctx context.Context, c canvas) (wire.Operation, error) {
	if err := ctx.Err(); err != nil {
		return wire.Operation{}, err
	}
	content, err := d.brush(c)
	if err != nil {
		return wire.Operation{}, err
	}
	if err := d.studio.Keep(ctx, c.id, bytes.NewReader(content)); err != nil {
		return wire.Operation{}, err
	}
	return create("FileComponent", map[string]any{
		"id": string(c.id), "name": c.name, "file_type": ".png", "size": float64(len(content)),
		"uploaded_by_id": userID(painterOf(c)),
	}), nil
}

// painterOf is who is said to have stored a picture: portraits are their people's, the rest the producer's.
// Nobody else sees a picture that nothing shows.
func painterOf(c canvas) string {
	for _, p := range People {
		if p.picture() == c.id {
			return p.Username
		}
	}
	return producer
}
