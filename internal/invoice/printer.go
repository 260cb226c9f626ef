package invoice

import "fmt"

// The page in millimetres. The buyer's address begins where the window of an
// envelope is (DIN 5008, form B), as long as the seller's needs no more room.
const (
	pageWidth, pageHeight = 210.0, 297.0
	marginX               = 20.0
	textWidth             = pageWidth - 2*marginX
	top                   = 18.0
	bottom                = pageHeight - 22
	addressTop            = 50.0
	gutter                = 5.0
)

// printer lays a sheet out, from top to bottom.
type printer struct {
	*canvas

	sheet sheet
	y     float64
	// onPage, where there is one, begins every further page.
	onPage func()
}

func (p *printer) print() {
	p.pdf.AddPage()
	p.y = top
	p.head()
	p.parties()
	p.table()
	p.closing()
	p.foot()
}

// head is the seller on the left and what this is on the right.
func (p *printer) head() {
	const titleWidth = 70
	title := titleStyle()
	if w := p.width(title, p.sheet.Title); w > titleWidth {
		title.size *= titleWidth / w
	}
	p.text(title, marginX, p.y, textWidth, "R", p.sheet.Title)

	const w = textWidth - titleWidth - gutter
	for _, line := range p.wrap(sellerStyle(), w, p.sheet.Seller.Name) {
		p.text(sellerStyle(), marginX, p.y, w, "L", line)
		p.y += sellerStyle().leading()
	}
	for _, detail := range p.sheet.Seller.Lines {
		for _, line := range p.wrap(smallStyle(), w, detail) {
			p.text(smallStyle(), marginX, p.y, w, "L", line)
			p.y += smallStyle().leading()
		}
	}
	p.y += 2.5
	p.rule(accent(), 0.5, marginX, p.y, textWidth)
	p.y += 7
}

// parties is the buyer on the left and the facts on the right.
func (p *printer) parties() {
	const left, right = 85.0, textWidth - 85.0 - gutter
	p.y = max(p.y, addressTop)

	buyer := []styled{{smallStyle(), p.sheet.Words.BillTo}}
	buyer = append(buyer, p.styled(strongStyle(), left, p.sheet.Buyer.Name)...)
	for _, line := range p.sheet.Buyer.Lines {
		buyer = append(buyer, p.styled(plainStyle(), left, line)...)
	}

	labelWidth := 0.0
	for _, f := range p.sheet.Facts {
		labelWidth = max(labelWidth, p.width(quietStyle(), f.Label))
	}
	labelWidth += 4
	var labels []string
	var values []styled
	for _, f := range p.sheet.Facts {
		lines := p.styled(plainStyle(), right-labelWidth, f.Value)
		values = append(values, lines...)
		labels = append(append(labels, f.Label), make([]string, len(lines)-1)...)
	}

	step := strongStyle().leading()
	for i := range max(len(buyer), len(values)) {
		p.need(step)
		if i < len(buyer) {
			p.text(buyer[i].style, marginX, p.y, left, "L", buyer[i].text)
		}
		if i < len(values) {
			x := marginX + textWidth - right
			p.text(quietStyle(), x, p.y, labelWidth, "L", labels[i])
			p.text(values[i].style, x+labelWidth, p.y, right-labelWidth, "L", values[i].text)
		}
		p.y += step
	}
	p.y += 9
}

// closing is what is to be done, and the seller's own lines.
func (p *printer) closing() {
	p.y += 9
	if p.sheet.Closing != "" {
		p.paragraph(p.sheet.Closing)
		p.y += 3
	}
	for _, line := range p.sheet.Note {
		p.paragraph(line)
	}
}

func (p *printer) paragraph(text string) {
	for _, line := range p.styled(plainStyle(), textWidth, text) {
		p.need(line.style.leading())
		p.text(line.style, marginX, p.y, textWidth, "L", line.text)
		p.y += line.style.leading()
	}
}

// foot numbers the pages, when it is known how many there are.
func (p *printer) foot() {
	const y = pageHeight - 14
	for n := 1; n <= p.pdf.PageCount(); n++ {
		p.pdf.SetPage(n)
		p.rule(hairline(), 0.2, marginX, y-1.5, textWidth)
		p.text(smallStyle(), marginX, y, textWidth, "L", p.elide(smallStyle(), textWidth-40, p.sheet.Heading))
		p.text(smallStyle(), marginX, y, textWidth, "R", fmt.Sprintf(p.sheet.Words.Page, n, p.pdf.PageCount()))
	}
}

// need begins a new page when less than height is left of this one.
func (p *printer) need(height float64) {
	if p.y+height <= bottom {
		return
	}
	p.pdf.AddPage()
	p.y = top
	p.text(smallStyle(), marginX, p.y, textWidth, "L",
		p.elide(smallStyle(), textWidth, p.sheet.Heading+" · "+p.sheet.Seller.Name))
	p.y += smallStyle().leading() + 3
	if p.onPage != nil {
		p.onPage()
	}
}

// styled is one line of text and how it looks.
type styled struct {
	style style
	text  string
}

func (p *printer) styled(s style, w float64, text string) []styled {
	var lines []styled
	for _, line := range p.wrap(s, w, text) {
		lines = append(lines, styled{s, line})
	}
	return lines
}
