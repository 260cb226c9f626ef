package output_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/output"
)

func TestParseFormat(t *testing.T) {
	t.Parallel()
	for _, name := range output.Formats() {
		f, err := output.ParseFormat(name)
		require.NoError(t, err)
		require.Equal(t, output.Format(name), f)
	}
	f, err := output.ParseFormat("")
	require.NoError(t, err)
	require.Empty(t, f)

	const valid = "valid formats: table, json, ndjson, yaml, csv, tsv, markdown, name"
	_, err = output.ParseFormat("yml")
	require.EqualError(t, err, `unknown output format "yml" (did you mean "yaml"?); `+valid)
	_, err = output.ParseFormat("protobuf")
	require.EqualError(t, err, `unknown output format "protobuf"; `+valid)
}

func TestEmptyList(t *testing.T) {
	t.Parallel()
	on := true
	const fields = "id,company.name,quantity,price,ends_on\n"
	tests := map[output.Format]string{
		"": "", output.Table: "", output.JSON: "[]\n", output.NDJSON: "", output.YAML: "[]\n", output.CSV: fields,
		output.TSV: "", output.Name: "",
		output.Markdown: "| ID | COMPANY | QUANTITY | PRICE | ENDS ON |\n| --- | --- | ---: | ---: | --- |\n",
	}
	for format, want := range tests {
		for _, rows := range [][]license{nil, {}} {
			for _, terminal := range []bool{true, false} {
				require.Equal(t, want, list(t, output.Options{Format: format, Terminal: terminal}, rows, licenseColumns()), format)
			}
		}
	}
	require.Equal(t, "[]\n", list(t, output.Options{Format: output.JSON}, nil, nil))
	require.Equal(t, "[]\n", list(t, output.Options{Fields: []string{"id"}}, []license{}, nil))
	require.Equal(t, "0\n", list(t, output.Options{JQ: "length"}, []license(nil), nil))
	require.Equal(t, "none\n", list(t, output.Options{Template: `{{range .}}{{.id}}{{else}}none{{end}}`}, []license{}, nil))
	require.Equal(t, "id\tcompany.name\tquantity\tprice\tends_on\n",
		list(t, output.Options{Format: output.TSV, Header: &on}, []license{}, licenseColumns()))
}

func TestNumbersStayExact(t *testing.T) {
	t.Parallel()
	type number struct {
		ID int64 `json:"id"`
	}
	const digits = "9007199254740993"
	rows := []number{{9007199254740993}}
	tests := []struct {
		o    output.Options
		want string
	}{
		{output.Options{Format: output.JSON}, `[{"id":` + digits + "}]\n"},
		{output.Options{Fields: []string{"id"}}, `[{"id":` + digits + "}]\n"},
		{output.Options{Format: output.NDJSON}, `{"id":` + digits + "}\n"},
		{output.Options{Format: output.YAML}, "- id: " + digits + "\n"},
		{output.Options{Format: output.CSV}, "id\n" + digits + "\n"},
		{output.Options{}, digits + "\n"},
		{output.Options{Format: output.Table}, "ID\n" + digits + "\n"},
		{output.Options{Format: output.Markdown}, "| ID |\n| --- |\n| " + digits + " |\n"},
		{output.Options{Format: output.Name}, digits + "\n"},
		{output.Options{JQ: ".[0]"}, `{"id":` + digits + "}\n"},
		{output.Options{JQ: ".[0].id + 1"}, "9007199254740994\n"},
		{output.Options{Template: "{{(index . 0).id}}"}, digits + "\n"},
	}
	for _, tt := range tests {
		require.Equal(t, tt.want, list(t, tt.o, rows, nil), "%+v", tt.o)
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	c := company{ID: "com_1", Name: "A & <B>\u009b\u202e\x7f"}
	require.Equal(t, "{\"id\":\"com_1\",\"name\":\"A & <B>\u009b\u202e\x7f\"}\n", item(t, output.Options{Format: output.JSON}, c, nil))

	terminal := item(t, output.Options{Format: output.JSON, Terminal: true}, c, nil)
	require.Equal(t, "{\n  \"id\": \"com_1\",\n  \"name\": \"A & <B>\\u009b\\u202e\\u007f\"\n}\n", terminal)
	var back company
	require.NoError(t, json.Unmarshal([]byte(terminal), &back))
	require.Equal(t, c, back)

	raw := json.RawMessage(`[{"z":1.10,"a":{"y":"ü"}},{"b":null}]`)
	require.Equal(t, string(raw)+"\n", list(t, output.Options{Format: output.JSON}, raw, nil))
	require.Equal(t, "z,a,b\n"+`1.10,"{""y"":""ü""}",`+"\n,,\n", list(t, output.Options{Format: output.CSV}, raw, nil))
	require.Equal(t, "null\n", item(t, output.Options{Format: output.JSON}, nil, nil))
}

func TestName(t *testing.T) {
	t.Parallel()
	type invoice struct {
		Number string `json:"number"`
		Name   string `json:"name"`
	}
	require.Equal(t, "INV-2026-000001\n", item(t, output.Options{Format: output.Name}, invoice{"INV-2026-000001", "x"}, nil))
	require.Equal(t, "x\n", item(t, output.Options{Format: output.Name}, invoice{"", "x"}, nil))
}
