package server

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCheckJSON(t *testing.T) {
	t.Parallel()
	nested := func(levels int) string { return strings.Repeat("[", levels) + strings.Repeat("]", levels) }
	tests := []struct{ name, body, want string }{
		{"object", `{"a":1,"b":{"a":[1,2.5,1e999,true,null,"x"]},"c":[]}`, ""},
		{"plain value", ` 7 `, ""},
		{"escapes", `{"a":"\\u0000 \\ud800 \" \ud83d\ude00 \u00e9"}`, ""},
		{"the same name elsewhere", `[{"a":1},{"a":1}]`, ""},
		{"as deep as may be", nested(100), ""},
		{"too deep", nested(101), "the body is nested deeper than 100 levels"},
		{"name twice", `{"a":1,"b":2,"a":1}`, "a is given twice"},
		{"name twice within", `{"b":[{"a":1},{"c":{"a":1,"a":2}}]}`, "b[1].c.a is given twice"},
		{"name twice in arrays of arrays", `[0,[1,{"a":1,"a":2}]]`, "[1][1].a is given twice"},
		{"name twice by an escape", `{"quantity":1,"quant\u0069ty":2}`, "quantity is given twice"},
		{"trailing value", `{} {}`, "the body holds more than one JSON value"},
		{"trailing rubbish", `{}x`, "the body holds more than one JSON value"},
		{"trailing bracket", `{}}`, "the body holds more than one JSON value"},
		{"cut off", `{"a":[1`, "the body is not valid JSON"},
		{"cut off after a name", `{"a"`, "the body is not valid JSON"},
		{"blank", ` `, "the body is not valid JSON"},
		{"comma too many", `{"a":[1,]}`, "the body is not valid JSON"},
		{"wrong bracket", `{"a":[1}]`, "the body is not valid JSON"},
		{"name of a number", `{1:2}`, "the body is not valid JSON"},
		{"not UTF-8", "{\"a\":\"\xff\"}", "the body holds bytes that are not UTF-8 text"},
		{"zero byte", "{\"a\":\"\x00\"}", "the body holds a zero character"},
		{"zero escape", `{"a":"\\\u0000"}`, "the body holds a zero character"},
		{"high half alone", `{"a":"x\ud800"}`, "the body holds half of a surrogate pair, which is no character"},
		{"low half alone", `{"a":"\uDC00 "}`, "the body holds half of a surrogate pair, which is no character"},
		{"two high halves", `{"a":"\ud83d\ud83d\ude00"}`, "the body holds half of a surrogate pair, which is no character"},
		{"half in a name", `{"\ud800":1}`, "the body holds half of a surrogate pair, which is no character"},
		{"half and a zero", `{"a":"\ud800\u0000"}`, "the body holds half of a surrogate pair, which is no character"},
		{"backslash at the end", `{"a":"\`, "the body is not valid JSON"},
		{"escape cut off", `{"a":"\u00`, "the body is not valid JSON"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			err := checkJSON([]byte(tt.body))
			if tt.want == "" {
				require.NoError(t, err)
				return
			}
			require.EqualError(t, err, tt.want)
		})
	}
}
