package api

import (
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEndpointsAreUnique(t *testing.T) {
	t.Parallel()
	ids, routes := map[string]bool{}, map[string]bool{}
	names := regexp.MustCompile(`\{[^}]*\}`)
	for _, m := range Endpoints() {
		require.False(t, ids[m.ID], "id %s twice", m.ID)
		ids[m.ID] = true
		route := m.Method + " " + names.ReplaceAllString(m.Path, "{}")
		require.False(t, routes[route], "%s twice, parameters' names apart", route)
		routes[route] = true
	}
}

func TestEndpointsAreWhole(t *testing.T) {
	t.Parallel()
	methods := []string{http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodPut, http.MethodDelete}
	scopes := append(ResellerScopes(), ScopeAny, ScopeVendor, ScopeNone)
	for _, m := range Endpoints() {
		t.Run(m.ID, func(t *testing.T) {
			t.Parallel()
			require.Regexp(t, `^[a-z]+(-[a-z]+)+$`, m.ID)
			require.Contains(t, methods, m.Method)
			require.Regexp(t, `^/v1(/[a-z]+(-[a-z]+)*|/\{[a-z]+\})+$`, m.Path)
			require.NotEmpty(t, m.Summary)
			require.Contains(t, scopes, m.Scope)
			require.NotEqual(t, m.Command == "", m.NoCommand == "", "a command, or a reason for having none")
			if !slices.Contains([]Scope{ScopeAny, ScopeVendor, ScopeNone}, m.Scope) {
				reads := m.Method == http.MethodGet || strings.HasSuffix(m.Path, "/preview")
				require.Equal(t, reads, strings.HasSuffix(string(m.Scope), ":read"), "%s %s needs %s", m.Method, m.Path, m.Scope)
			}
		})
	}
}

func TestEndpointsFitOneMux(t *testing.T) {
	t.Parallel()
	mux := http.NewServeMux()
	for _, m := range Endpoints() {
		require.NotPanics(t, func() { mux.Handle(m.Method+" "+m.Path, http.NotFoundHandler()) }, m.ID)
	}
}

func TestResellerScopes(t *testing.T) {
	t.Parallel()
	scopes := ResellerScopes()
	for i, s := range scopes {
		require.Regexp(t, `^[a-z]+:(read|write)$`, string(s))
		require.NotContains(t, scopes[:i], s)
	}
	require.NotContains(t, scopes, ScopeAny)
	require.NotContains(t, scopes, ScopeVendor)
}

// An Op that is left out of Endpoints is served by nobody; a path parameter without
// a field, or a field without a parameter, fails only when it is called. Endpoints
// has no types, so this reads them from the source.
func TestEveryDeclaredOpIsAnEndpoint(t *testing.T) {
	t.Parallel()
	served := map[string]Meta{}
	for _, m := range Endpoints() {
		served[m.ID] = m
	}
	structs, ops := declarations(t)
	require.Len(t, ops, len(served))
	params := regexp.MustCompile(`\{([a-z]+)\}`)
	for _, op := range ops {
		meta, ok := served[op.id]
		require.True(t, ok, "%s is declared, and missing from Endpoints", op.id)
		tags := fieldTags(t, structs, op.input)

		var want []string
		for _, match := range params.FindAllStringSubmatch(meta.Path, -1) {
			want = append(want, match[1])
		}
		require.Equal(t, want, tags["path"], "%s: the parameters of %s", op.id, meta.Path)

		post := meta.Method == http.MethodPost && !strings.HasSuffix(meta.Path, "/preview") && !strings.HasSuffix(meta.Path, "/check")
		if meta.ID == "session-create" {
			post = false // each sign-in is another one, and its answer must not be kept
		}
		require.Equal(t, post, slices.Contains(tags["header"], "Idempotency-Key"), "%s: idempotency", op.id)
	}
}

type declaredOp struct{ id, input string }

// declarations reads the structs of the package and its Op values from the source.
func declarations(t *testing.T) (map[string]*ast.StructType, []declaredOp) {
	entries, err := os.ReadDir(".")
	require.NoError(t, err)
	structs, ops := map[string]*ast.StructType{}, []declaredOp{}
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".go") || strings.HasSuffix(entry.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), entry.Name(), nil, 0)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.TypeSpec:
				if s, ok := n.Type.(*ast.StructType); ok {
					structs[n.Name.Name] = s
				}
			case *ast.CompositeLit:
				if op, ok := declaredAs(t, n); ok {
					ops = append(ops, op)
				}
			}
			return true
		})
	}
	return structs, ops
}

func declaredAs(t *testing.T, lit *ast.CompositeLit) (declaredOp, bool) {
	generic, ok := lit.Type.(*ast.IndexListExpr)
	if !ok || len(generic.Indices) != 2 {
		return declaredOp{}, false
	}
	input, ok := generic.Indices[0].(*ast.Ident)
	require.True(t, ok, "the input of an Op is a struct of this package")
	for _, element := range lit.Elts {
		pair, ok := element.(*ast.KeyValueExpr)
		require.True(t, ok)
		key, isKey := pair.Key.(*ast.Ident)
		value, isText := pair.Value.(*ast.BasicLit)
		if isKey && isText && key.Name == "ID" {
			id, err := strconv.Unquote(value.Value)
			require.NoError(t, err)
			return declaredOp{id, input.Name}, true
		}
	}
	require.Fail(t, "an Op without an id", input.Name)
	return declaredOp{}, false
}

// fieldTags lists the names under each tag of a struct, embedded structs included.
func fieldTags(t *testing.T, structs map[string]*ast.StructType, name string) map[string][]string {
	s, ok := structs[name]
	require.True(t, ok, "no struct %s", name)
	tags := map[string][]string{}
	for _, field := range s.Fields.List {
		if embedded, isIdent := field.Type.(*ast.Ident); isIdent && len(field.Names) == 0 {
			for tag, names := range fieldTags(t, structs, embedded.Name) {
				tags[tag] = append(tags[tag], names...)
			}
		}
		if field.Tag == nil {
			continue
		}
		text, err := strconv.Unquote(field.Tag.Value)
		require.NoError(t, err)
		for _, tag := range []string{"path", "query", "header"} {
			if value, found := reflect.StructTag(text).Lookup(tag); found {
				require.NotContains(t, tags[tag], value, "%s: two fields for %s", name, value)
				tags[tag] = append(tags[tag], value)
			}
		}
	}
	return tags
}
