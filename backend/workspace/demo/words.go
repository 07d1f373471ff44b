package demo

import (
	"math/rand/v2"
	"strconv"
	"strings"
)

// deck deals sentences in random order and begins again only when all were dealt, so that nobody reads
// the same note twice in a short time.
type deck struct {
	cards []string
	left  []string
	last  string
}

func (d *deck) deal(dice *rand.Rand) string {
	if len(d.left) == 0 {
		d.left = append([]string(nil), d.cards...)
		dice.Shuffle(len(d.left), func(i, j int) { d.left[i], d.left[j] = d.left[j], d.left[i] })
		if top := len(d.left) - 1; top > 0 && d.left[top] == d.last {
			d.left[top], d.left[0] = d.left[0], d.left[top]
		}
	}
	top := len(d.left) - 1
	d.last, d.left = d.left[top], d.left[:top]
	return d.last
}

// words are the decks people speak from.
type words struct {
	first             [benches]deck
	replies, messages deck
	comments          deck
}

func newWords() *words {
	w := &words{replies: deck{cards: replies}, messages: deck{cards: messages}, comments: deck{cards: comments}}
	for b := range first {
		w.first[b].cards = first[b]
	}
	return w
}

// The frames a note may speak of: shots start at 1001, as they do everywhere.
const (
	firstFrame = 1001
	frames     = 110
)

// spoken fills in the frame and the version a sentence speaks of. frame is 0 where it speaks of none.
func spoken(sentence string, dice *rand.Rand) (said string, frame int) {
	if strings.Contains(sentence, frameMark) {
		frame = firstFrame + dice.IntN(frames)
		sentence = strings.ReplaceAll(sentence, frameMark, strconv.Itoa(frame))
	}
	return strings.ReplaceAll(sentence, versionMark, leading(2+dice.IntN(30))), frame
}

func leading(version int) string {
	s := strconv.Itoa(version)
	return strings.Repeat("0", max(0, 3-len(s))) + s
}
