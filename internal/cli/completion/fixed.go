package completion

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

// termExamples are terms of each kind, as they are mostly bought.
func termExamples() []candidate {
	return []candidate{
		{[]string{"full:1"}, "12 months"},
		{[]string{"full:2"}, "24 months"},
		{[]string{"full:3"}, "36 months"},
		{[]string{"calendar:1"}, "to the next 1 January"},
		{[]string{"calendar:2"}, "to the 1 January after the next"},
		{[]string{"calendar:3"}, "to the third 1 January"},
		{[]string{"yearly:1"}, "a plan by the year"},
		{[]string{"monthly:1"}, "a plan by the month"},
		{[]string{"monthly:6"}, "six months"},
		{[]string{"trial:30d"}, "30 days for nothing"},
		{[]string{"until:"}, "to a date, such as until:2027-06-30"},
		{[]string{"perpetual"}, "for ever"},
	}
}

// terms are those that the product of the command line is sold for, where it names one,
// or that extend a license.
func terms(ctx context.Context, f *command.Factory, cmd *cobra.Command, typed string) []cobra.Completion {
	all := termExamples()
	if cmd.Name() == "extend" { // which takes neither a trial nor what never ends
		all = slices.DeleteFunc(all, func(c candidate) bool { return c.Names[0] == "trial:30d" || c.Names[0] == "perpetual" })
	}
	if flag := cmd.Flags().Lookup("product"); flag != nil && flag.Value.String() != "" {
		if sold := kindsOf(ctx, f, flag.Value.String()); len(sold) > 0 {
			all = slices.DeleteFunc(all, func(c candidate) bool {
				kind, _, _ := strings.Cut(c.Names[0], ":")
				return !slices.Contains(sold, kind)
			})
		}
	}
	return fitting(all, typed)
}

// kindsOf are the kinds of term that a product is sold for; none where that is not known.
func kindsOf(ctx context.Context, f *command.Factory, sku string) []string {
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(f.CompletionWait, patience))
	defer cancel()
	products := from("terms of", api.ProductList, func(text string) api.ProductListInput {
		return api.ProductListInput{ProductFilter: api.ProductFilter{Search: text}}
	}, func(p api.Product) candidate { return candidate{append([]string{p.SKU, p.ID}, p.Terms...), ""} })
	for _, c := range products.find(ctx, f, sku) {
		if slices.Contains(c.Names[:2], sku) {
			return c.Names[2:]
		}
	}
	return nil
}

func profiles(f *command.Factory) []candidate {
	c, err := f.Config()
	if err != nil {
		return nil
	}
	return words(c.Profiles())
}

func settings(f *command.Factory) []candidate {
	c, err := f.Config()
	if err != nil {
		return nil
	}
	all := []candidate{}
	for _, s := range c.Settings() {
		all = append(all, candidate{[]string{s.Name}, s.Doc})
	}
	return all
}

// values are those of a setting.
func values(ctx context.Context, f *command.Factory, setting, typed string) []cobra.Completion {
	c, err := f.Config()
	if err != nil {
		return nil
	}
	if s, err := c.Setting(setting); err == nil && len(s.Allowed) > 0 {
		return fitting(words(s.Allowed), typed)
	}
	return live(ctx, f, sources()[setting], typed)
}

func words(all []string) []candidate {
	found := make([]candidate, len(all))
	for i, word := range all {
		found[i] = candidate{Names: []string{word}}
	}
	return found
}

func fitting(all []candidate, typed string) []cobra.Completion {
	var found []cobra.Completion
	for _, c := range all {
		if strings.HasPrefix(c.Names[0], typed) {
			found = append(found, cobra.CompletionWithDesc(c.Names[0], c.About))
		}
	}
	return found
}

// listed completes the last of several names with commas in between.
func listed(names []string, typed string) []cobra.Completion {
	before := typed[:strings.LastIndex(typed, ",")+1]
	var found []cobra.Completion
	for _, name := range names {
		if text := before + name; strings.HasPrefix(text, typed) && !slices.Contains(strings.Split(before, ","), name) {
			found = append(found, text)
		}
	}
	return found
}
