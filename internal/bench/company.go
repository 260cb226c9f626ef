package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
)

// companies measures the import of a list of customers, and of the same once more,
// and checks what was made of it.
func (b *bench) companies(ctx context.Context) error {
	file := os.Getenv("RESELL_BENCH_COMPANIES")
	if file == "" {
		file = "docs/samples/schools.csv"
	}
	wanted, err := readCompanies(file)
	if err != nil {
		return err
	}
	first, made, err := b.importCompanies(ctx, file)
	if err != nil {
		return err
	}
	again, kept, err := b.importCompanies(ctx, file)
	if err != nil {
		return err
	}
	if made.Created != len(wanted.names) || kept.Created != 0 || kept.Rows != wanted.rows {
		return fmt.Errorf("%d domains in %s: %+v, then %+v", len(wanted.names), file, made, kept)
	}
	out := b.path("companies.csv")
	if _, err := b.resell(ctx, "", "export", "csv", "companies", "--raw", "--file", out); err != nil {
		return err
	}
	got, err := readCompanies(out)
	if err != nil {
		return err
	}
	if err := wanted.check(got); err != nil {
		return err
	}
	b.report.pair(fmt.Sprintf("import %d companies", wanted.rows), 0,
		side{name: "the first time", runs: []cost{first}}, side{name: "the same again", runs: []cost{again}})
	b.report.note("Companies imported from %s: %.0f rows a second the first time, %.0f the second, %d created and %d alike; "+
		"none lost, none doubled, names byte for byte as in the file. Rows that name a domain for a second time: %d. One run, on an empty database.",
		file, float64(wanted.rows)/first.wall.Seconds(), float64(wanted.rows)/again.wall.Seconds(), made.Created, kept.Unchanged,
		wanted.rows-len(wanted.names))
	return nil
}

// imported is what resell company import answers.
type imported struct{ Rows, Created, Unchanged, Differs int }

func (b *bench) importCompanies(ctx context.Context, file string) (cost, imported, error) {
	out := b.path("imported.json")
	took, err := b.resell(ctx, out, "company", "import", "--file", file, "--raw", "-o", "json")
	if err != nil {
		return took, imported{}, err
	}
	text, err := os.ReadFile(out)
	if err != nil {
		return took, imported{}, err
	}
	var summary imported
	if err := json.Unmarshal(text, &summary); err != nil {
		return took, summary, fmt.Errorf("answer of company import: %w", err)
	}
	return took, summary, nil
}

// companyFile is a file of companies: the names that each domain has.
type companyFile struct {
	rows  int
	names map[string][]string
}

func readCompanies(path string) (companyFile, error) {
	file, err := os.Open(path)
	if err != nil {
		return companyFile{}, err
	}
	defer func() { _ = file.Close() }()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return companyFile{}, fmt.Errorf("%s: %w", path, err)
	}
	name, domain := slices.Index(rows[0], "name"), slices.Index(rows[0], "domain")
	if name < 0 || domain < 0 {
		return companyFile{}, fmt.Errorf("%s has no columns name and domain", path)
	}
	f := companyFile{rows: len(rows) - 1, names: make(map[string][]string, len(rows))}
	for _, row := range rows[1:] {
		f.names[row[domain]] = append(f.names[row[domain]], row[name])
	}
	return f, nil
}

// check makes sure that every domain of the file is there once, with a name of its
// own, and nothing else.
func (f companyFile) check(got companyFile) error {
	if got.rows != len(f.names) || len(got.names) != len(f.names) {
		return fmt.Errorf("%d companies were imported, and %d are there", len(f.names), got.rows)
	}
	var wrong []error
	for domain, names := range f.names {
		if there := got.names[domain]; len(there) != 1 || !slices.Contains(names, there[0]) {
			wrong = append(wrong, fmt.Errorf("%s is %q instead of %q", domain, there, names))
		}
	}
	return errors.Join(wrong...)
}
