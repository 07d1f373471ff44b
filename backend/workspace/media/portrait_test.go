package media

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

const face = domain.ComponentID("3a372bde-05bc-11e4-8908-20c9d081909b")

// portray sends a file of which a square is to be kept, and gives what is stored of it.
func portray(t *testing.T, content []byte, square domain.Square) (stored []byte, receipt Receipt, err error) {
	t.Helper()
	m := New(Config{Dir: t.TempDir(), Key: bytes.Repeat([]byte{7}, 32)})
	offer, err := m.Offer(Upload{Component: face, Size: int64(len(content)), Square: &square})
	if err != nil {
		return nil, Receipt{}, err
	}
	for range 2 { // the answer to the first may not be heard
		if receipt, err = m.Receive(t.Context(), offer.Put[0], bytes.NewReader(content), int64(len(content))); err != nil {
			if _, missing := m.Open(t.Context(), face); domain.CodeOf(missing) != domain.NotFound {
				t.Errorf("something is stored of what was refused: %v", missing)
			}
			return nil, receipt, err
		}
	}
	file, err := m.Open(t.Context(), face)
	if err != nil {
		t.Fatal(err)
	}
	stored, err = io.ReadAll(file)
	if err = errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(m.folder("")); err != nil || len(left) > 1 {
		t.Errorf("left of the upload: %v %v", left, err)
	}
	if files, err := filepath.Glob(filepath.Join(m.cfg.Dir, "uploads", "*", whole)); err != nil || len(files) > 0 {
		t.Errorf("the file itself is still there: %v %v", files, err)
	}
	if receipt.Portrait == nil || receipt.Portrait.Size != int64(len(stored)) {
		t.Errorf("the answer says %+v of %d bytes", receipt.Portrait, len(stored))
	}
	return stored, receipt, nil
}

func asPNG(t *testing.T, picture image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func asJPEG(t *testing.T, picture image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, picture, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func filled(width, height int, with color.Color) *image.RGBA {
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(picture, picture.Bounds(), image.NewUniform(with), image.Point{}, draw.Src)
	return picture
}

var red, blue = color.RGBA{200, 20, 20, 255}, color.RGBA{20, 20, 200, 255}

// TestWhatAnybodyMaySendAsTheirPicture holds every kind of file to what becomes of it: a reason, or a picture.
func TestWhatAnybodyMaySendAsTheirPicture(t *testing.T) {
	animation := &gif.GIF{Delay: []int{5, 5}}
	for _, c := range []color.Color{red, blue} {
		frame := image.NewPaletted(image.Rect(0, 0, 64, 64), color.Palette{c})
		animation.Image = append(animation.Image, frame)
	}
	var moving bytes.Buffer
	if err := gif.EncodeAll(&moving, animation); err != nil {
		t.Fatal(err)
	}
	photo := asJPEG(t, filled(300, 200, red))
	deep := image.NewNRGBA64(image.Rect(0, 0, 64, 64))
	draw.Draw(deep, deep.Bounds(), image.NewUniform(red), image.Point{}, draw.Src)
	grey := image.NewGray(image.Rect(0, 0, 64, 64))
	glass := image.NewNRGBA(image.Rect(0, 0, 64, 64))
	glass.SetNRGBA(0, 0, color.NRGBA{200, 20, 20, 128})

	for name, c := range map[string]struct {
		content []byte
		reason  string // "" where it is accepted
		ending  string
		colour  color.Color // in its middle; nil is not looked at
	}{
		"a photograph":                     {photo, "", ".jpg", red},
		"an animation, of which the first": {moving.Bytes(), "", ".jpg", red},
		"a drawing one can see through":    {asPNG(t, glass), "", ".png", nil},
		"16 bits a channel":                {asPNG(t, deep), "", ".jpg", red},
		"grey":                             {asPNG(t, grey), "", ".jpg", color.Black},
		"CMYK of a print shop":             {cmyk(64, 64), "", ".jpg", color.Gray{64}},
		"exactly as small as may be":       {asPNG(t, filled(32, 32, blue)), "", ".jpg", blue},

		"nothing":                        {nil, domain.ReasonNoPicture, "", nil},
		"one byte":                       {[]byte{0xff}, domain.ReasonNoPicture, "", nil},
		"words":                          {[]byte("this is a photo, believe me, it is only named .jpg"), domain.ReasonNoPicture, "", nil},
		"an SVG with a script":           {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), domain.ReasonNoPicture, "", nil},
		"a TIFF":                         {[]byte("II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"), domain.ReasonNoPicture, "", nil},
		"a BMP":                          {[]byte("BM\x46\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00\x00\x00"), domain.ReasonNoPicture, "", nil},
		"a HEIC of a telephone":          {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), domain.ReasonNoPicture, "", nil},
		"a page":                         {[]byte("<!doctype html><script>alert(1)</script>"), domain.ReasonNoPicture, "", nil},
		"a movie":                        {[]byte("\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2"), domain.ReasonNoPicture, "", nil},
		"a bomb of 30,000 × 30,000":      {header("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x75\x30\x00\x00\x75\x30\x08\x06\x00\x00\x00"), domain.ReasonPictureTooLarge, "", nil},
		"a JPEG that says 65,535²":       {[]byte("\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01\xff\xda\x00\x0c"), domain.ReasonPictureTooLarge, "", nil},
		"a header and no picture":        {header("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x00\x40\x00\x00\x00\x40\x08\x06\x00\x00\x00"), domain.ReasonPictureDamaged, "", nil},
		"a JPEG that ends too early":     {photo[:len(photo)/2], domain.ReasonPictureDamaged, "", nil},
		"a PNG that ends too early":      {asPNG(t, deep)[:60], domain.ReasonPictureDamaged, "", nil},
		"a GIF that is a script":         {[]byte("GIF89a/*\x00\x00\x00\x00\x00*/=1;alert(1)//"), domain.ReasonPictureTooLarge, "", nil},
		"one line of 1 × 20,000":         {asPNG(t, filled(1, 20_000, red)), domain.ReasonPictureTooSmall, "", nil},
		"20,000 × 1":                     {asPNG(t, filled(20_000, 1, red)), domain.ReasonPictureTooSmall, "", nil},
		"a dot":                          {asPNG(t, filled(1, 1, red)), domain.ReasonPictureTooSmall, "", nil},
		"no width at all":                {header("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x00\x00\x00\x00\x00\x40\x08\x06\x00\x00\x00"), domain.ReasonPictureDamaged, "", nil},
		"a WebP that says 16,384 × more": {[]byte("RIFF\x16\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\xff\x3f\x00\xff\x3f\x00"), domain.ReasonPictureTooLarge, "", nil},
	} {
		stored, receipt, err := portray(t, c.content, domain.Square{})
		if c.reason != "" {
			var why *domain.Error
			if !errors.As(err, &why) || why.Code != domain.Invalid || why.Reason != c.reason {
				t.Errorf("%s: %v, want %s", name, err, c.reason)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		picture, _, err := image.Decode(bytes.NewReader(stored))
		if err != nil || receipt.Portrait.Ending != c.ending {
			t.Errorf("%s: stored as %+v: %v", name, receipt.Portrait, err)
			continue
		}
		if size := picture.Bounds().Size(); size.X != size.Y || size.X > portraitEdge {
			t.Errorf("%s: stored with %v", name, size)
		}
		if c.colour != nil && !near(picture.At(picture.Bounds().Dx()/2, picture.Bounds().Dy()/2), c.colour) {
			t.Errorf("%s: %v in the middle", name, picture.At(16, 16))
		}
	}
}

// near says whether two colours are the same to an eye.
func near(a, b color.Color) bool {
	r, g, bl, _ := a.RGBA()
	R, G, B, _ := b.RGBA()
	for _, pair := range [][2]uint32{{r, R}, {g, G}, {bl, B}} {
		if max(pair[0], pair[1])-min(pair[0], pair[1]) > 0x1000 {
			return false
		}
	}
	return true
}

// cmyk is a JPEG of four inks, all at their middle: its tables are such that every block is two bits.
func cmyk(width, height int) []byte {
	var out bytes.Buffer
	out.WriteString("\xff\xd8")
	out.WriteString("\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x00")
	out.WriteString("\xff\xdb\x00\x43\x00" + strings.Repeat("\x01", 64))
	out.WriteString("\xff\xc0\x00\x14\x08" + string([]byte{byte(height >> 8), byte(height), byte(width >> 8), byte(width)}) + "\x04")
	for ink := range 4 {
		out.Write([]byte{byte(ink + 1), 0x11, 0})
	}
	for _, table := range []byte{0x00, 0x10} {
		out.WriteString("\xff\xc4\x00\x14" + string([]byte{table}) + "\x01" + strings.Repeat("\x00", 15) + "\x00")
	}
	out.WriteString("\xff\xda\x00\x0e\x04\x01\x00\x02\x00\x03\x00\x04\x00\x00\x3f\x00")
	out.Write(make([]byte, width*height/64*4*2/8))
	out.WriteString("\xff\xd9")
	return out.Bytes()
}

func TestNothingElseOfAPictureIsKept(t *testing.T) {
	const secret = "48.8584 N 2.2945 E"
	photo := asJPEG(t, filled(640, 480, red))
	said := "Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x00" + secret
	sly := append([]byte("\xff\xd8\xff\xe1\x00"), byte(len(said)+2))
	sly = append(append(append(sly, said...), photo[2:]...), "<script>"+secret+"</script>"...)
	stored, _, err := portray(t, sly, domain.Square{})
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(stored, []byte(secret)) || bytes.Contains(stored, []byte("Exif")) || bytes.Contains(stored, []byte("<script>")) {
		t.Error("what the file told beside its picture is still there")
	}
}

// TestTheSquareIsTheOneThatWasSeen takes each quarter of a picture that lies as a camera lays it.
func TestTheSquareIsTheOneThatWasSeen(t *testing.T) {
	green, white := color.RGBA{20, 160, 20, 255}, color.RGBA{250, 250, 250, 255}
	quarters := map[image.Point]color.RGBA{{0, 0}: red, {1, 0}: green, {0, 1}: blue, {1, 1}: white}
	upright := image.NewRGBA(image.Rect(0, 0, 160, 128))
	for at, with := range quarters {
		draw.Draw(upright, image.Rect(at.X*80, at.Y*64, at.X*80+80, at.Y*64+64), image.NewUniform(with), image.Point{}, draw.Src)
	}
	for orientation := range byte(9) {
		inverse := int(orientation)
		switch orientation {
		case 6:
			inverse = 8
		case 8:
			inverse = 6
		}
		photo := exif(asJPEG(t, turned(upright, inverse)), orientation)
		for at, with := range quarters {
			square := domain.Square{Left: float64(at.X) * 0.5, Top: float64(at.Y) * 0.5, Edge: 0.5}
			stored, _, err := portray(t, photo, square)
			if err != nil {
				t.Fatal(err)
			}
			got, err := jpeg.Decode(bytes.NewReader(stored))
			if err != nil || got.Bounds().Size() != (image.Point{64, 64}) {
				t.Fatalf("%v %v", got.Bounds(), err)
			}
			for _, corner := range []image.Point{{8, 8}, {55, 8}, {8, 55}, {55, 55}} {
				if !near(got.At(corner.X, corner.Y), with) {
					t.Errorf("orientation %d, quarter %v: %v at %v", orientation, at, got.At(corner.X, corner.Y), corner)
				}
			}
		}
	}
}

func TestASquareStaysInsideItsPicture(t *testing.T) {
	for _, square := range []domain.Square{{}, {Left: 1, Top: 1, Edge: 1}, {Left: 0.999, Top: 0.999, Edge: 0.5}, {Edge: 1e-9}, {Left: 0.3, Edge: 1}} {
		for _, size := range []image.Point{{1, 1}, {7, 3}, {3, 7}, {5184, 3888}, {1, 20_000}} {
			left, top, edge := square.In(size.X, size.Y)
			if left < 0 || top < 0 || edge < 1 || left+edge > size.X || top+edge > size.Y {
				t.Errorf("%+v in %v: %d, %d, %d", square, size, left, top, edge)
			}
		}
	}
	for _, wrong := range []domain.Square{{Left: -0.1}, {Top: 1.1}, {Edge: 2}} {
		if _, _, err := portray(t, asPNG(t, filled(64, 64, red)), wrong); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
	m := New(Config{Key: []byte{7}})
	for _, upload := range []Upload{{Size: 100, Parts: 2}, {Size: domain.MostPictureBytes + 1}} {
		upload.Component, upload.Square = face, &domain.Square{}
		if _, err := m.Offer(upload); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("%+v: %v", upload, err)
		}
	}
}

// TestTwentyMegapixelsFit has what cameras make of them, by what their headers say.
func TestTwentyMegapixelsFit(t *testing.T) {
	frame := "\x00\x11\x08\x0f\x30\x14\x40\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01\xff\xda\x00\x0c" // 5,184 × 3,888, colours at half
	for name, content := range map[string][]byte{
		"baseline":    []byte("\xff\xd8\xff\xc0" + frame),
		"progressive": []byte("\xff\xd8\xff\xc2" + frame),
		"a PNG":       header("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x14\x40\x00\x00\x0f\x30\x08\x02\x00\x00\x00"),
	} {
		if _, err := look(bytes.NewReader(content)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if testing.Short() {
		return
	}
	photo := asJPEG(t, filled(5184, 3888, red))
	begun := time.Now()
	if _, _, err := portray(t, photo, domain.Square{Left: 0.2, Top: 0.1, Edge: 0.8}); err != nil {
		t.Error(err)
	}
	t.Logf("a photograph of 20 megapixels took %v", time.Since(begun))
}

func TestAPortraitWaitsForNobodyWhoLeft(t *testing.T) {
	m := New(Config{Dir: t.TempDir(), Key: []byte{7}})
	content := asPNG(t, filled(64, 64, red))
	offer, err := m.Offer(Upload{Component: face, Size: int64(len(content)), Square: &domain.Square{}})
	if err != nil {
		t.Fatal(err)
	}
	m.decoding <- struct{}{} // somebody else's is being made
	ctx, leave := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, leave)
	if _, err := m.Receive(ctx, offer.Put[0], bytes.NewReader(content), int64(len(content))); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	<-m.decoding
	if _, err := m.Receive(t.Context(), offer.Put[0], bytes.NewReader(content), int64(len(content))); err != nil {
		t.Errorf("sent again: %v", err)
	}
}
