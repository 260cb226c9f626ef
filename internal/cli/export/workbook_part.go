package export

import "strings"

// workbookPart is a file of a workbook's archive beside the sheet.
type workbookPart struct{ name, text string }

const xmlBegin = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// sheetBegin is a sheet up to its columns: the header stays in sight.
const sheetBegin = xmlBegin + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
	`<sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`

func workbookParts(name string) []workbookPart {
	const (
		content  = "application/vnd.openxmlformats-officedocument.spreadsheetml."
		packages = "http://schemas.openxmlformats.org/package/2006/"
		document = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
		sheet    = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	)
	return []workbookPart{
		{"[Content_Types].xml", xmlBegin + `<Types xmlns="` + packages + `content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + content + `sheet.main+xml"/>` +
			`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + content + `worksheet+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="` + content + `styles+xml"/></Types>`},
		{"_rels/.rels", xmlBegin + `<Relationships xmlns="` + packages + `relationships">` +
			`<Relationship Id="rId1" Type="` + document + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", xmlBegin + `<workbook xmlns="` + sheet + `" xmlns:r="` + document + `">` +
			`<sheets><sheet name="` + name + `" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", xmlBegin + `<Relationships xmlns="` + packages + `relationships">` +
			`<Relationship Id="rId1" Type="` + document + `/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="` + document + `/styles" Target="styles.xml"/></Relationships>`},
		{"xl/styles.xml", xmlBegin + `<styleSheet xmlns="` + sheet + `">` + styles() + `</styleSheet>`},
	}
}

// styles are the styles of cells, in the order of their constants.
func styles() string {
	const (
		text    = `numFmtId="49"`
		header  = text + ` fontId="1" applyFont="1"`
		number  = `numFmtId="1"`
		date    = `numFmtId="164"`
		clock   = `numFmtId="165"`
		percent = `numFmtId="10"`
	)
	cells := []string{text, header, number, date, clock, percent, `numFmtId="3"`, `numFmtId="166"`, `numFmtId="4"`, `numFmtId="167"`, `numFmtId="168"`}
	var b strings.Builder
	b.WriteString(`<numFmts count="5"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/>` +
		`<numFmt numFmtId="166" formatCode="#,##0.0"/><numFmt numFmtId="167" formatCode="#,##0.000"/><numFmt numFmtId="168" formatCode="#,##0.0000"/></numFmts>` +
		`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="11">`)
	for _, cell := range cells {
		b.WriteString(`<xf applyNumberFormat="1" xfId="0" ` + cell + `/>`)
	}
	b.WriteString(`</cellXfs>`)
	return b.String()
}
