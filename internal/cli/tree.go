package cli

import (
	"path"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/command"
)

// Tree is every command there is, and what each of them prints: to document them, and
// to hold rules on all of them.
type Tree struct {
	Root    *cobra.Command
	factory *command.Factory
}

// NewTree makes the commands without running any. The zero Process is enough.
func NewTree(p Process) Tree {
	f := command.NewFactory(p)
	root := newRoot(f)
	writeTopics(root)
	return Tree{Root: root, factory: f}
}

// NewRoot is the root of a Tree.
func NewRoot(p Process) *cobra.Command { return NewTree(p).Root }

// Resource is a kind of thing that commands print.
type Resource struct {
	Name string // license, invoice-batch
	Type reflect.Type
}

// Results are the resources that a command may print, what it usually prints first;
// none where that is no resource.
func (t Tree) Results(cmd *cobra.Command) []Resource {
	var found []Resource
	for _, v := range t.factory.Printed(cmd) {
		kind := reflect.TypeOf(v)
		found = append(found, Resource{resourceName(kind), kind})
	}
	return found
}

// resourceName is a type's name in small letters. What is of one noun's commands alone
// has that noun in front.
func resourceName(t reflect.Type) string {
	var b strings.Builder
	if noun := path.Base(t.PkgPath()); !slices.Contains([]string{"api", "cli", "command"}, noun) {
		b.WriteString(noun + "-")
	}
	for i, r := range t.Name() {
		if i > 0 && unicode.IsUpper(r) {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
