package licensing

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// declaredCodes reads the Code constants out of the source: a new one is held to
// the rules without being named in a test.
func declaredCodes(t *testing.T) map[string]Code {
	file, err := parser.ParseFile(token.NewFileSet(), "error_code.go", nil, 0)
	require.NoError(t, err)
	found := map[string]Code{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if typ, isIdent := spec.Type.(*ast.Ident); !isIdent || typ.Name != "Code" {
			return true
		}
		for i, name := range spec.Names {
			lit, isLit := spec.Values[i].(*ast.BasicLit)
			require.True(t, isLit, name.Name)
			value, err := strconv.Unquote(lit.Value)
			require.NoError(t, err)
			found[name.Name] = Code(value)
		}
		return true
	})
	require.Greater(t, len(found), 40)
	return found
}

func TestEveryCodeHasAKind(t *testing.T) {
	t.Parallel()
	all, seen := Codes(), map[Code]string{}
	for name, code := range declaredCodes(t) {
		require.True(t, strings.HasPrefix(name, "Code"), name)
		require.Regexp(t, `^[a-z]+(_[a-z]+)*$`, string(code))
		require.Contains(t, all, code, "%s has no kind", name)
		require.Empty(t, seen[code], "%s is the same as %s", name, seen[code])
		seen[code] = name
		if code != CodeInternal {
			require.NotEqual(t, KindInternal, code.Kind(), "%s: only %s is our own fault", name, CodeInternal)
		}
	}
	require.Len(t, all, len(seen), "a kind for a code that is not declared")
}

func TestUnknownCodeIsInternal(t *testing.T) {
	t.Parallel()
	require.Equal(t, KindInternal, Code("no_such_code").Kind())
	require.Equal(t, KindInternal, Code("").Kind())
}

func TestCodeOf(t *testing.T) {
	t.Parallel()
	refusal := Errorf(CodeNotFound, "no license %s", "lic_1")
	require.Equal(t, CodeNotFound, CodeOf(refusal))
	require.Equal(t, CodeNotFound, CodeOf(fmt.Errorf("extend: %w", refusal)))
	require.Equal(t, CodeNotFound, CodeOf(errors.Join(errors.New("first"), refusal)))
	require.Equal(t, CodeInternal, CodeOf(errors.New("disk full")))
	require.Equal(t, CodeUnavailable, CodeOf(Errorf(CodeUnavailable, "later").Because(refusal)), "the outermost code counts")
}

func TestErrorKeepsItsCauseOutOfSight(t *testing.T) {
	t.Parallel()
	cause := errors.New("password=hunter2")
	err := Errorf(CodeInternal, "could not read the license").Because(cause).WithHint("try %s", "again")
	require.EqualError(t, err, "could not read the license")
	require.Equal(t, "try again", err.Hint)
	require.ErrorIs(t, err, cause)
	require.NotContains(t, fmt.Sprint(err), "hunter2")
}

func TestInvalid(t *testing.T) {
	t.Parallel()
	err := Invalid("companies[3].email", "is longer than %d characters", 320)
	require.Equal(t, &Error{
		Code:   CodeInvalidRequest,
		Detail: "companies[3].email is longer than 320 characters",
		Fields: []FieldError{{Field: "companies[3].email", Message: "is longer than 320 characters"}},
	}, err)
	require.Equal(t, KindInvalid, CodeOf(err).Kind())
}
