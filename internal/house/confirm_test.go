package house_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestConfirmationsNameTheProfile holds every question that is asked before something is
// spent or destroyed to name the profile and the host: whoever has several vendors side
// by side sees which one it is about.
func TestConfirmationsNameTheProfile(t *testing.T) {
	t.Parallel()
	root := moduleRoot(t)
	asking := 0
	for _, folder := range []string{"internal/cli", "internal/command"} {
		err := filepath.WalkDir(filepath.Join(root, folder), func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				return err
			}
			for _, decl := range file.Decls {
				function, ok := decl.(*ast.FuncDecl)
				if !ok || !calls(function, "Confirm") {
					continue
				}
				asking++
				require.True(t, calls(function, "Where"), "%s in %s asks without naming the profile and the host: put Where into the question",
					function.Name.Name, strings.TrimPrefix(path, root))
			}
			return nil
		})
		require.NoError(t, err)
	}
	require.Greater(t, asking, 10, "the questions are found")
}

// calls reports whether a function calls a method of this name.
func calls(function *ast.FuncDecl, method string) bool {
	found := false
	ast.Inspect(function, func(node ast.Node) bool {
		if call, ok := node.(*ast.CallExpr); ok {
			if selector, ok := call.Fun.(*ast.SelectorExpr); ok && selector.Sel.Name == method {
				found = true
			}
		}
		return !found
	})
	return found
}
