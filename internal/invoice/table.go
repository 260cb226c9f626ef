package invoice

// columns are where the table's columns begin and how wide they are.
type columns struct {
	no, description, quantity, price, amount column
}

type column struct{ x, w float64 }

// cellPadding is the room around a cell's text, rowEnd that below the last line of a
// row, whose leading has some already.
const cellPadding, rowEnd = 2.0, 1.3

// table is the lines, with their headings on every page, and the sums. The last
// line and the sums stay together, so that no page holds sums alone.
func (p *printer) table() {
	c := p.columns()
	p.need(30)
	p.tableHead(c)
	p.onPage = func() { p.tableHead(c) }

	sums := p.sumsHeight()
	for i, r := range p.sheet.Rows {
		lines := p.cells(c, r)
		height := rowHeight(lines)
		if i == len(p.sheet.Rows)-1 {
			height += sums
		}
		if height <= bottom-top-30 {
			p.need(height)
		}
		p.row(c, r, lines)
	}
	p.onPage = nil
	p.need(sums)
	p.sums()
}

// columns gives the numbers the room that the longest of them needs, and the
// description the rest.
func (p *printer) columns() columns {
	widest := func(head string, value func(row) (plain, small string)) float64 {
		w := p.width(headStyle(), head)
		for _, r := range p.sheet.Rows {
			plain, small := value(r)
			w = max(w, p.width(plainStyle(), plain), p.width(smallStyle(), small))
		}
		return w + 2*cellPadding
	}
	words := p.sheet.Words
	var c columns
	c.no.w = widest(words.No, func(r row) (string, string) { return r.No, "" })
	c.quantity.w = widest(words.Quantity, func(r row) (string, string) { return r.Quantity, "" })
	c.price.w = widest(p.inCurrency(words.Price), func(r row) (string, string) { return r.Price, r.Per })
	c.amount.w = widest(p.inCurrency(words.Amount), func(r row) (string, string) { return r.Amount, "" })
	c.description.w = textWidth - c.no.w - c.quantity.w - c.price.w - c.amount.w

	x := marginX
	for _, column := range []*column{&c.no, &c.description, &c.quantity, &c.price, &c.amount} {
		column.x = x
		x += column.w
	}
	return c
}

func (p *printer) inCurrency(head string) string { return head + " (" + p.sheet.Currency + ")" }

func (p *printer) tableHead(c columns) {
	s, words := headStyle(), p.sheet.Words
	height := s.leading() + 2*cellPadding
	p.band(tint(), marginX, p.y, textWidth, height)
	y := p.y + cellPadding
	p.cell(s, c.no, y, "L", words.No)
	p.cell(s, c.description, y, "L", words.Description)
	p.cell(s, c.quantity, y, "R", words.Quantity)
	p.cell(s, c.price, y, "R", p.inCurrency(words.Price))
	p.cell(s, c.amount, y, "R", p.inCurrency(words.Amount))
	p.y += height
	p.rule(accent(), 0.3, marginX, p.y, textWidth)
}

// cells are the lines of a row's description and of what stands below it.
func (p *printer) cells(c columns, r row) []styled {
	w := c.description.w - 2*cellPadding
	lines := p.styled(plainStyle(), w, r.Description)
	for _, detail := range r.Details {
		lines = append(lines, p.styled(smallStyle(), w, detail)...)
	}
	if r.Per != "" && len(lines) == 1 {
		lines = append(lines, styled{smallStyle(), ""})
	}
	return lines
}

func rowHeight(lines []styled) float64 {
	height := cellPadding + rowEnd
	for _, line := range lines {
		height += line.style.leading()
	}
	return height
}

// row draws a row line by line: one that is longer than a page goes on on the next.
func (p *printer) row(c columns, r row, lines []styled) {
	p.y += cellPadding
	for i, line := range lines {
		if p.y+line.style.leading() > bottom {
			p.need(line.style.leading())
			p.y += cellPadding
		}
		switch i {
		case 0:
			p.cell(plainStyle(), c.no, p.y, "L", r.No)
			p.cell(plainStyle(), c.quantity, p.y, "R", r.Quantity)
			p.cell(plainStyle(), c.price, p.y, "R", r.Price)
			p.cell(plainStyle(), c.amount, p.y, "R", r.Amount)
		case 1:
			p.cell(smallStyle(), c.price, p.y, "R", r.Per)
		}
		p.cell(line.style, c.description, p.y, "L", line.text)
		p.y += line.style.leading()
	}
	p.y += rowEnd
	p.rule(hairline(), 0.2, marginX, p.y, textWidth)
}

func (p *printer) cell(s style, c column, y float64, align, text string) {
	p.text(s, c.x+cellPadding, y, c.w-2*cellPadding, align, text)
}

const sumsGap = 3.0

func (p *printer) sumsHeight() float64 {
	sum, total := plainStyle().leading()+1.5, totalStyle().leading()+2*cellPadding
	return sumsGap + float64(len(p.sheet.Sums))*sum + total
}

func (p *printer) sums() {
	width := p.width(totalStyle(), p.sheet.Total.Label) + p.width(totalStyle(), p.sheet.Total.Value)
	for _, f := range p.sheet.Sums {
		width = max(width, p.width(plainStyle(), f.Label)+p.width(plainStyle(), f.Value))
	}
	width = max(width+2*cellPadding+10, 75)
	c := column{marginX + textWidth - width, width}

	p.y += sumsGap
	for _, f := range p.sheet.Sums {
		p.cell(quietStyle(), c, p.y, "L", f.Label)
		p.cell(plainStyle(), c, p.y, "R", f.Value)
		p.y += plainStyle().leading() + 1.5
	}
	p.rule(accent(), 0.5, c.x, p.y, c.w)
	p.y += cellPadding
	p.cell(totalStyle(), c, p.y, "L", p.sheet.Total.Label)
	p.cell(totalStyle(), c, p.y, "R", p.sheet.Total.Value)
	p.y += totalStyle().leading() + cellPadding
}
