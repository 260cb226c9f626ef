package invoice

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

const fontFamily = "go"

// canvas draws lines of text on A4 pages, in millimetres from the top left.
type canvas struct {
	pdf   *fpdf.Fpdf
	fonts []*sfnt.Font
	// blocks of 256 characters that are in use, by their high byte.
	blocks [256]bool
}

// style is how a piece of text looks: its weight ("" or "B"), points and colour.
type style struct {
	weight string
	size   float64
	color  color
}

type color struct{ r, g, b int }

// leading is the height of a line in millimetres.
func (s style) leading() float64 { return s.size * 25.4 / 72 * 1.36 }

func newCanvas() (*canvas, error) {
	c := &canvas{pdf: fpdf.New("P", "mm", "A4", "")}
	c.pdf.SetCatalogSort(true)
	c.pdf.SetAutoPageBreak(false, 0)
	c.pdf.SetCellMargin(0)
	if err := errors.Join(c.addFont("", goregular.TTF), c.addFont("B", gobold.TTF)); err != nil {
		return nil, err
	}
	return c, nil
}

func (c *canvas) addFont(weight string, ttf []byte) error {
	font, err := sfnt.Parse(ttf)
	if err != nil {
		return fmt.Errorf("parse the font: %w", err)
	}
	c.fonts = append(c.fonts, font)
	// The library appends to slices of what it is given.
	c.pdf.AddUTF8FontFromBytes(fontFamily, weight, bytes.Clone(ttf))
	return c.pdf.Error()
}

// text draws one line in a box of width w, aligned L or R. y is the line's top.
func (c *canvas) text(s style, x, y, w float64, align, text string) {
	c.use(s)
	c.pdf.SetXY(x, y)
	c.pdf.CellFormat(w, s.leading(), c.visible(text), "", 0, align, false, 0, "")
}

// rule draws a horizontal line.
func (c *canvas) rule(color color, thickness, x, y, w float64) {
	c.pdf.SetDrawColor(color.r, color.g, color.b)
	c.pdf.SetLineWidth(thickness)
	c.pdf.Line(x, y, x+w, y)
}

// band fills a box.
func (c *canvas) band(color color, x, y, w, h float64) {
	c.pdf.SetFillColor(color.r, color.g, color.b)
	c.pdf.Rect(x, y, w, h, "F")
}

func (c *canvas) width(s style, text string) float64 {
	c.use(s)
	return c.pdf.GetStringWidth(c.visible(text))
}

// wrap breaks a text at its line breaks and, where a line would be wider than w, at
// spaces; a word that is wider by itself is broken anywhere.
func (c *canvas) wrap(s style, w float64, text string) []string {
	c.use(s)
	var lines []string
	for paragraph := range strings.SplitSeq(c.visible(text), "\n") {
		lines = append(lines, c.fill(w, paragraph)...)
	}
	return lines
}

// fill breaks one paragraph in the style that is in use.
func (c *canvas) fill(w float64, paragraph string) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsFuncSeq(paragraph, func(r rune) bool { return r == ' ' }) {
		switch {
		case line == "":
			line = word
		case c.pdf.GetStringWidth(line+" "+word) <= w:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
		for c.pdf.GetStringWidth(line) > w {
			head := c.head(w, line)
			lines = append(lines, head)
			line = line[len(head):]
		}
	}
	return append(lines, line)
}

// head is as much of the beginning of s as fits into w, and at least one character.
func (c *canvas) head(w float64, s string) string {
	end := 0
	for i, r := range s {
		next := i + len(string(r))
		if i > 0 && c.pdf.GetStringWidth(s[:next]) > w {
			break
		}
		end = next
	}
	return s[:end]
}

// elide shortens a text that stands in full elsewhere to one line of width w.
func (c *canvas) elide(s style, w float64, text string) string {
	c.use(s)
	text = c.visible(text)
	if c.pdf.GetStringWidth(text) <= w {
		return text
	}
	return c.head(w-c.pdf.GetStringWidth("…"), text) + "…"
}

// visible is a text as the fonts can show it: composed, because they place no marks,
// and with � for every character that would come out as nothing or as an empty box.
func (c *canvas) visible(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t':
			r = ' '
		case unicode.IsControl(r) || r > 0xffff || !c.has(r):
			r = unicode.ReplacementChar
		}
		c.blocks[r>>8] = true
		return r
	}, norm.NFC.String(text))
}

// bytes closes the document and returns it.
func (c *canvas) bytes() ([]byte, error) {
	var b bytes.Buffer
	if err := c.pdf.Output(&b); err != nil {
		return nil, err
	}
	var blocks []byte
	for high, used := range c.blocks {
		if used {
			blocks = append(blocks, byte(high))
		}
	}
	return mapText(b.Bytes(), blocks)
}

func (c *canvas) has(r rune) bool {
	var b sfnt.Buffer
	for _, font := range c.fonts {
		if glyph, err := font.GlyphIndex(&b, r); err != nil || glyph == 0 {
			return false
		}
	}
	return true
}

func (c *canvas) use(s style) {
	c.pdf.SetFont(fontFamily, s.weight, s.size)
	c.pdf.SetTextColor(s.color.r, s.color.g, s.color.b)
}
