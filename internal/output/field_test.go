package output_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/output"
)

type tree struct {
	Name  string  `json:"name"`
	Child *tree   `json:"child"`
	Kids  []*tree `json:"kids"`
}

type stamped struct {
	CreatedAt time.Time `json:"created_at"`
	ID        string    `json:"shadowed"`
}

type order struct {
	ID string `json:"id"`
	*stamped
	Secret  string            `json:"-"`
	hidden  string            //nolint:unused // shows that it is left out
	Buyer   company           `json:"buyer"`
	Lines   []company         `json:"lines,omitempty"`
	Meta    map[string]string `json:"meta"`
	NoTag   bool
	Shadows int `json:"shadowed"`
}

func TestFields(t *testing.T) {
	t.Parallel()
	want := []string{"id", "created_at", "buyer.id", "buyer.name", "lines", "meta", "NoTag", "shadowed"}
	for _, v := range []any{order{}, &order{}, []order{}, []*order(nil), &[]order{}} {
		require.Equal(t, want, output.Fields(v))
	}
	require.Equal(t, []string{"name", "child", "kids"}, output.Fields(tree{}))
	require.Empty(t, output.Fields(map[string]int{}))
	require.Empty(t, output.Fields(nil))
}

func TestPickFields(t *testing.T) {
	t.Parallel()
	value := order{
		ID: "ord_1", Buyer: company{ID: "com_1", Name: "Acme"}, Meta: map[string]string{"po": "7"},
		Lines: []company{{ID: "com_2"}},
	}
	tests := []struct {
		fields []string
		want   string
	}{
		{[]string{"shadowed", "id"}, `{"shadowed":0,"id":"ord_1"}`},
		{[]string{"buyer.name", "id", "buyer.id"}, `{"buyer":{"name":"Acme","id":"com_1"},"id":"ord_1"}`},
		{[]string{"buyer", "buyer.name"}, `{"buyer":{"id":"com_1","name":"Acme"}}`},
		{[]string{"meta.po", "meta.no"}, `{"meta":{"po":"7","no":null}}`},
		{[]string{"created_at"}, `{"created_at":null}`},
		{[]string{"lines"}, `{"lines":[{"id":"com_2","name":""}]}`},
	}
	for _, tt := range tests {
		require.Equal(t, tt.want+"\n", item(t, output.Options{Fields: tt.fields}, value, nil))
		require.Equal(t, "["+tt.want+"]\n", list(t, output.Options{Fields: tt.fields, Format: output.CSV}, []order{value}, nil))
		require.Equal(t, tt.want+"\n", list(t, output.Options{Fields: tt.fields, Format: output.NDJSON}, []order{value}, nil))
	}
	require.Equal(t, "- buyer:\n    name: Acme\n",
		list(t, output.Options{Fields: []string{"buyer.name"}, Format: output.YAML}, []order{value}, nil))
	require.Equal(t, "Acme\n", item(t, output.Options{Fields: []string{"buyer.name"}, JQ: ".buyer.name"}, value, nil))
}

func TestUnknownField(t *testing.T) {
	t.Parallel()
	for _, o := range []output.Options{
		{Fields: []string{"id", "nam"}},
		{Columns: []string{"nam"}, Terminal: true},
		{Columns: []string{"nam"}, Format: output.CSV},
		{Columns: []string{"nam"}, Format: output.Markdown},
	} {
		for _, rows := range [][]company{nil, {{ID: "com_1"}}, make([]company, 2000)} {
			var buf bytes.Buffer
			err := output.New(&buf, o).List(rows, nil)
			var unknown *output.FieldError
			require.ErrorAs(t, err, &unknown)
			require.Equal(t, &output.FieldError{Unknown: "nam", Valid: []string{"id", "name"}}, unknown)
			require.ErrorContains(t, err, `unknown field "nam" (did you mean "name"?); valid fields: id, name`)
			require.Empty(t, buf.String())
		}
	}
	var buf bytes.Buffer
	err := output.New(&buf, output.Options{Columns: []string{"b"}}).List([]map[string]int{{"a": 1}}, nil)
	require.ErrorContains(t, err, `unknown field "b"; valid fields: a`)
}
