package house_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// goPackage is what this test reads of one package in the answer of go list.
// Imports and Deps leave out test files.
type goPackage struct {
	ImportPath string   `json:"ImportPath"`
	Imports    []string `json:"Imports"`
	Deps       []string `json:"Deps"`
	Standard   bool     `json:"Standard"`
}

// name is the path of a package of the module below the module, such as
// "internal/cli/license".
func (p goPackage) name() string {
	return strings.TrimPrefix(p.ImportPath, module)
}

func TestImports(t *testing.T) {
	t.Parallel()
	root := moduleRoot(t)
	watchSources(t, root)

	for _, goos := range []string{"linux", "darwin", "windows"} {
		t.Run(goos, func(t *testing.T) {
			t.Parallel()
			packages := goList(t, root, goos)
			require.NotEmpty(t, packages)

			standard := map[string]bool{"C": true}
			var own []goPackage
			for _, p := range packages {
				standard[p.ImportPath] = p.Standard
				if strings.HasPrefix(p.ImportPath, module) {
					own = append(own, p)
				}
			}
			var broken []string
			for _, p := range own {
				broken = append(broken, brokenArrows(p)...)
				broken = append(broken, brokenOwnership(p)...)
				broken = append(broken, brokenLinks(p)...)
				broken = append(broken, brokenPurity(p, standard)...)
			}
			require.Empty(t, broken, "import directions broken:\n%s", strings.Join(broken, "\n"))
		})
	}
}

func TestRulesNoticeBreaches(t *testing.T) {
	t.Parallel()

	tests := []struct {
		name     string
		importer string
		imported string
		check    func(goPackage) []string
		broken   bool
	}{
		{"down an arrow", "internal/service", module + "internal/store", brokenArrows, false},
		{"up an arrow", "internal/store", module + "internal/service", brokenArrows, true},
		{"below oneself", "internal/store", module + "internal/store/migration", brokenArrows, false},
		{"as a part of its package", "internal/store/migration", module + "internal/licensing", brokenArrows, false},
		{"one noun to another", "internal/cli/license", module + "internal/cli/company", brokenArrows, true},
		{"a noun to the shared part", "internal/cli/license", module + "internal/command", brokenArrows, false},
		{"a noun to the server", "internal/cli/license", module + "internal/service", brokenArrows, true},
		{"the root to a noun", "internal/cli", module + "internal/cli/license", brokenArrows, false},
		{"a package without a place", "internal/util", "fmt", brokenArrows, true},
		{"a library by its owner", "internal/config", "github.com/spf13/viper", brokenOwnership, false},
		{"a library by another", "internal/command", "github.com/spf13/viper", brokenOwnership, true},
		{"a later major version", "internal/cli", "github.com/go-resty/resty/v3", brokenOwnership, true},
		{"a driver in the CLI", "cmd/resell", "modernc.org/sqlite", brokenLinks, true},
		{"a driver in the daemon", "cmd/reselld", "modernc.org/sqlite", brokenLinks, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			imported := []string{tt.imported}
			p := goPackage{ImportPath: module + tt.importer, Imports: imported, Deps: imported}
			require.Equal(t, tt.broken, len(tt.check(p)) > 0, "%v", tt.check(p))
		})
	}
}

// brokenArrows reports imports inside the module that no arrow allows, and a
// package that has no place among the arrows at all.
func brokenArrows(p goPackage) []string {
	place, ok := placeOf(p.name())
	if !ok {
		return []string{p.name() + " has no place in the house: give it one in arrows()"}
	}
	var broken []string
	for _, imported := range p.Imports {
		name, inside := strings.CutPrefix(imported, module)
		if !inside || within(name, place) {
			continue
		}
		allowed := slices.ContainsFunc(arrows()[arrowOf(place)], func(to string) bool { return within(name, to) })
		if !allowed {
			broken = append(broken, p.name()+" must not import "+name)
		}
	}
	return broken
}

// brokenOwnership reports imports of a library that belongs to another package.
func brokenOwnership(p goPackage) []string {
	var broken []string
	for _, imported := range p.Imports {
		for library, owners := range owners() {
			owned := slices.ContainsFunc(owners, func(owner string) bool { return within(p.name(), owner) })
			if within(imported, library) && !owned {
				broken = append(broken, p.name()+" must not import "+imported+": only "+strings.Join(owners, ", ")+" may")
			}
		}
	}
	return broken
}

// brokenLinks reports libraries in a binary that must not be there.
func brokenLinks(p goPackage) []string {
	var broken []string
	for _, library := range unlinked()[p.name()] {
		if i := slices.IndexFunc(p.Deps, func(dep string) bool { return within(dep, library) }); i >= 0 {
			broken = append(broken, p.name()+" must not link "+p.Deps[i])
		}
	}
	return broken
}

// brokenPurity reports imports outside the standard library of a package that
// promises to have none.
func brokenPurity(p goPackage, standard map[string]bool) []string {
	pure := slices.ContainsFunc(standardOnly(), func(name string) bool { return within(p.name(), name) })
	if !pure {
		return nil
	}
	var broken []string
	for _, imported := range p.Imports {
		if !standard[imported] && !strings.HasPrefix(imported, module) {
			broken = append(broken, p.name()+" must import the standard library only, not "+imported)
		}
	}
	return broken
}

// placeOf returns the part of the house that a package belongs to: the longest
// name in the arrows that it lies within, with a noun in the place of a "*".
func placeOf(name string) (string, bool) {
	for candidate := name; candidate != "."; candidate = path.Dir(candidate) {
		if _, ok := arrows()[arrowOf(candidate)]; ok {
			return candidate, true
		}
	}
	return "", false
}

// arrowOf returns the key in the arrows for a place.
func arrowOf(place string) string {
	if path.Dir(place) == "internal/cli" {
		return "internal/cli/*"
	}
	return place
}

// goList asks the go command for the module's packages and all that they need,
// as built for goos. It goes on past packages that do not compile: that is for
// the compiler to report.
func goList(t *testing.T, root, goos string) []goPackage {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-e", "-deps",
		"-json=ImportPath,Imports,Deps,Standard", "./...")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOOS="+goos, "GOARCH=amd64", "CGO_ENABLED=0")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	require.NoError(t, err, "go list: %s", &stderr)

	var packages []goPackage
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p goPackage
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			return packages
		}
		require.NoError(t, err, "read the answer of go list")
		packages = append(packages, p)
	}
}

func moduleRoot(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	require.NoError(t, err)
	require.FileExists(t, filepath.Join(root, "go.mod"))
	return root
}

// watchSources reads every folder of source once. What a child process reads is
// hidden from the test cache; what the test itself reads is not, so a change in
// any of these folders makes go test run this test again.
func watchSources(t *testing.T, root string) {
	t.Helper()
	for _, top := range []string{"cmd", "internal"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(_ string, _ fs.DirEntry, err error) error { return err })
		require.NoError(t, err)
	}
}
