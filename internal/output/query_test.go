package output_test

import (
	"bytes"
	"errors"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/output"
)

func TestJQ(t *testing.T) {
	t.Parallel()
	tests := []struct{ expression, want string }{
		{".[].id", "lic_1\nlic_2\n"},
		{".[] | [.company.name, .price]", "[\"Acme | <Sons> & Co\",123450]\n[\"日本商事\",-500]\n"},
		{"map(select(.auto_renew)) | length", "1\n"},
		{".[1].ends_on", "null\n"},
		{"empty", ""},
		{"1, halt, 2", "1\n"},
		{".[0] | @tsv \"\\([.id, .price])\"", "lic_1\t123450\n"},
	}
	for _, tt := range tests {
		require.Equal(t, tt.want, list(t, output.Options{JQ: tt.expression, Format: output.CSV}, licenses(), nil), tt.expression)
	}
	require.Equal(t, `\u001b[31m`+"\n", item(t, output.Options{JQ: ".name", Terminal: true}, company{Name: "\x1b[31m"}, nil))
	require.Equal(t, "\x1b[31m\n", item(t, output.Options{JQ: ".name"}, company{Name: "\x1b[31m"}, nil))
}

func TestTemplate(t *testing.T) {
	t.Parallel()
	tests := []struct{ template, want string }{
		{`{{range .}}{{.id}} {{.quantity}}{{"\n"}}{{end}}`, "lic_1 9007199254740993\nlic_2 2\n"},
		{`{{range .}}{{if lt .price 0}}{{.id}}{{end}}{{end}}`, "lic_2\n"},
		{`{{len .}}`, "2\n"},
		{
			`{{with index . 0}}{{join "+" .tags}} {{money .price .currency}} {{json .company}}{{end}}`,
			"eu+vip 1,234.50 EUR {\"id\":\"com_1\",\"name\":\"Acme | <Sons> & Co\"}\n",
		},
	}
	for _, tt := range tests {
		require.Equal(t, tt.want, list(t, output.Options{Template: tt.template}, licenses(), nil), tt.template)
	}
}

// A template is held against the fields that there are, before there is anything to print.
func TestTemplateFields(t *testing.T) {
	t.Parallel()
	check := func(template string) error {
		return output.New(nil, output.Options{Template: template}).Check(license{})
	}
	for _, good := range []string{
		`{{.id}}`, `{{range .}}{{.id}}{{end}}`, `{{.company.name}}`, `{{range .}}{{range .tags}}{{.}}{{end}}{{end}}`,
		`{{range .}}{{.meta.whatever}}{{end}}`, `{{with .company}}{{.name}}{{else}}{{.id}}{{end}}`, `{{range $i, $l := .}}{{$l.any}}{{end}}`,
		`{{with index . 0}}{{.any}}{{end}}`, `{{.ends_on}}`, `{{range .}}{{$.id}}{{end}}`, `{{if .auto_renew}}{{.id}}{{end}}`,
	} {
		require.NoError(t, check(good), good)
	}
	for template, unknown := range map[string]string{
		`{{.nope}}`: "nope", `{{range .}}{{.nope}}{{end}}`: "nope", `{{.company.nam}}`: "company.nam", `{{range .}}{{$.nope}}{{end}}`: "nope",
		`{{with .company}}{{.nam}}{{end}}`: "nam", `{{with .company}}{{else}}{{.nam}}{{end}}`: "nam", `{{if .nope}}{{end}}`: "nope",
		`{{range .}}{{json .nope}}{{end}}`: "nope", `{{range .}}{{(json .nope) | len}}{{end}}`: "nope", `{{if .id}}{{.nope}}{{end}}`: "nope",
	} {
		var field *output.FieldError
		require.ErrorAs(t, check(template), &field, template)
		require.Equal(t, unknown, field.Unknown, template)
	}
	require.EqualError(t, check(`{{.company.nam}}`), `unknown field "company.nam" (did you mean "company.name"?); valid fields: company.id, company.name`)
}

// A failure writes nothing at all.
func TestFailureWritesNothing(t *testing.T) {
	t.Parallel()
	type reading struct {
		ID    string  `json:"id"`
		Value float64 `json:"value"`
	}
	rows := []reading{{"a", 1}, {"b", math.NaN()}}
	tests := []struct {
		o    output.Options
		rows any
		want string
	}{
		{output.Options{Format: output.JSON}, rows, "encode as JSON"},
		{output.Options{Format: output.NDJSON}, rows, "encode as JSON"},
		{output.Options{Format: output.YAML}, rows, "encode as JSON"},
		{output.Options{Format: output.CSV}, rows, "encode as JSON"},
		{output.Options{Terminal: true}, rows, "encode as JSON"},
		{output.Options{JQ: ".["}, rows[:1], "parse jq expression"},
		{output.Options{JQ: "nope(1)"}, rows[:1], "compile jq expression"},
		{output.Options{JQ: ".[].id, error(\"x\")"}, rows[:1], "run jq expression"},
		{output.Options{Template: "{{"}, rows[:1], "parse template"},
		{output.Options{Template: "{{(index . 0).id}}{{index . 5}}"}, rows[:1], "run template"},
		{output.Options{Template: "x", JQ: "."}, rows[:1], "not both"},
		{output.Options{Format: "yml"}, rows[:1], `did you mean "yaml"?`},
		{output.Options{Format: output.Name}, []map[string]int{{"a": 1}}, "no id, number, code or name"},
		{output.Options{}, []string{"a"}, "no fields to show as columns"},
		{output.Options{}, company{}, "not a list"},
	}
	for _, tt := range tests {
		var buf bytes.Buffer
		err := output.New(&buf, tt.o).List(tt.rows, nil)
		require.ErrorContains(t, err, tt.want)
		require.Empty(t, buf.String())
	}
}

type failingWriter struct{ err error }

func (w failingWriter) Write([]byte) (int, error) { return 0, w.err }

func TestWriteErrorIsReturned(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken pipe")
	p := output.New(failingWriter{broken}, output.Options{Terminal: true})
	require.ErrorIs(t, p.List(make([]company, 1), nil), broken)
	require.ErrorIs(t, p.List(make([]company, 50000), nil), broken)
	require.ErrorIs(t, p.Text("x"), broken)
}
