package main

import (
	"path"
	"regexp"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"
)

func TestReference(t *testing.T) {
	t.Parallel()
	files := map[string][]byte{}
	require.NoError(t, addReference(files, exampleRoot()))

	for _, name := range []string{
		"docs/cli/shop.md", "docs/cli/shop_license.md", "docs/cli/shop_license_extend.md", "docs/cli/shop_completion_zsh.md",
		"docs/man/man1/shop.1", "docs/man/man1/shop-license.1", "docs/man/man1/shop-license-extend.1",
	} {
		require.Contains(t, files, name)
	}
	require.NotContains(t, files, "docs/cli/shop_license_secret.md", "hidden")
	require.NotContains(t, files, "docs/cli/shop_help.md")
	require.Equal(t, "## shop help terms\n\nTell what terms there are\n\n```\n  full:1  a year\n```\n", string(files["docs/cli/shop_terms.md"]))

	page := string(files["docs/cli/shop_license_extend.md"])
	require.Contains(t, page, "shop license extend lic_1 --term full:1")
	require.NotContains(t, page, "Auto generated")
	man := string(files["docs/man/man1/shop-license-extend.1"])
	require.Contains(t, man, `"Nov 2026"`)
	require.NotContains(t, man, "Auto generated")
}

func TestReferenceLinksLead(t *testing.T) {
	t.Parallel()
	files := map[string][]byte{}
	require.NoError(t, addReference(files, exampleRoot()))

	link := regexp.MustCompile(`\]\(([^)]+)\)`)
	followed := 0
	for name, content := range files {
		if path.Ext(name) != ".md" {
			continue
		}
		for _, match := range link.FindAllSubmatch(content, -1) {
			require.Contains(t, files, path.Join(path.Dir(name), string(match[1])), "linked from %s", name)
			followed++
		}
	}
	require.Positive(t, followed)
}

func TestGenerationIsReproducible(t *testing.T) {
	t.Parallel()
	first, second := map[string][]byte{}, map[string][]byte{}
	for _, files := range []map[string][]byte{first, second} {
		root := exampleRoot()
		require.NoError(t, addCompletions(files, root))
		require.NoError(t, addReference(files, root))
	}
	require.Equal(t, first, second)
	for _, extension := range []string{"bash", "zsh", "fish", "ps1"} {
		require.NotEmpty(t, first["completions/shop."+extension])
	}
}

func exampleRoot() *cobra.Command {
	run := func(*cobra.Command, []string) {}
	root := &cobra.Command{Use: "shop", Short: "Sell things"}
	license := &cobra.Command{Use: "license", Short: "Work with licenses"}
	root.AddCommand(&cobra.Command{Use: "terms", Short: "Tell what terms there are", Long: "  full:1  a year"})
	license.AddCommand(
		&cobra.Command{
			Use: "extend <license>", Short: "Extend a license",
			Example: "  $ shop license extend lic_1 --term full:1", Run: run,
		},
		&cobra.Command{Use: "secret", Hidden: true, Run: run},
	)
	root.AddCommand(license)
	return root
}
