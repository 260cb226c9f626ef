package command

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/resell-cli/resell/internal/output"
)

// BindFilter makes a flag of every query parameter of a filter, a struct of package
// api: its name, its words and its help are those of the API. A flag that is given
// empty is refused, since it would mean "everything".
func BindFilter(cmd *cobra.Command, filter any) {
	v := reflect.ValueOf(filter).Elem()
	var names []string
	for i := range v.NumField() {
		field := v.Type().Field(i)
		name := strings.ReplaceAll(field.Tag.Get("query"), "_", "-")
		names = append(names, name)
		bindField(cmd, v.Field(i).Addr().Interface(), name, flagUsage(field.Tag.Get("doc")), field.Tag.Get("enum"))
	}
	RefuseEmpty(cmd, names...)
}

// RefuseEmpty makes a command refuse flags that are given empty: filters that it has
// beside those of BindFilter.
func RefuseEmpty(cmd *cobra.Command, names ...string) {
	before := cmd.PreRunE
	cmd.PreRunE = func(cmd *cobra.Command, args []string) error {
		for _, name := range names {
			if flag := cmd.Flags().Lookup(name); flag.Changed && strings.TrimSpace(flag.Value.String()) == "" {
				return Usage("--%s is empty: leave it out to choose everything", name)
			}
		}
		if before != nil {
			return before(cmd, args)
		}
		return nil
	}
}

// BindWord adds a flag that takes one of a few [Words].
func BindWord(cmd *cobra.Command, to *string, name, usage string, words ...string) {
	cmd.Flags().Var(&word{to, words}, name, usage+": "+strings.Join(words, ", "))
}

func bindField(cmd *cobra.Command, to any, name, usage, enum string) {
	flags := cmd.Flags()
	switch to := to.(type) {
	case *int:
		flags.Var((*days)(to), name, usage)
	case *string:
		if enum == "" {
			flags.StringVarP(to, name, shorthand(name), "", usage)
			return
		}
		BindWord(cmd, to, name, usage, strings.Split(enum, ",")...)
	}
}

// shorthand is the letter that a flag has wherever it is.
func shorthand(name string) string {
	return map[string]string{"company": "c", "license": "l", "product": "p", "search": "s"}[name]
}

// flagUsage makes the help of a flag of that of a query parameter: its value is called by
// the word of the text that says what it is, the first of these that is in it.
func flagUsage(doc string) string {
	words := strings.Fields(doc)
	if len(words) > 0 && words[0] != strings.ToUpper(words[0]) { // ISO stays
		words[0] = strings.ToLower(words[0][:1]) + words[0][1:]
	}
	for _, value := range []string{"text", "date", "SKU", "coupon", "login", "number", "code", "name", "address", "domain"} {
		for i, word := range words {
			if bare := strings.TrimRight(word, ",:;"); bare == value {
				words[i] = "`" + bare + "`" + word[len(bare):]
				return strings.Join(words, " ")
			}
		}
	}
	return strings.Join(words, " ")
}

// word is a flag that takes one of a few words.
type word struct {
	to    *string
	words []string
}

var _ pflag.Value = (*word)(nil)

func (w *word) String() string {
	if w.to == nil {
		return ""
	}
	return *w.to
}

func (w *word) Set(s string) error {
	if slices.Contains(w.words, s) {
		*w.to = s
		return nil
	}
	return fmt.Errorf("it takes one of %s%s", strings.Join(w.words, ", "), output.DidYouMean(s, w.words))
}

func (w *word) Type() string { return "word" }

// days is a flag that takes a number of days: 30d or 30.
type days int

func (d *days) String() string {
	if *d == 0 {
		return ""
	}
	return strconv.Itoa(int(*d)) + "d"
}

func (d *days) Set(s string) error {
	n, err := strconv.Atoi(strings.TrimSuffix(s, "d"))
	if err != nil || n < 1 {
		return fmt.Errorf("it takes a number of days, such as 30d")
	}
	*d = days(n)
	return nil
}

func (d *days) Type() string { return "days" }

// Words are those that a flag takes; none where it takes any text.
func Words(flag *pflag.Flag) []string {
	if w, ok := flag.Value.(*word); ok {
		return w.words
	}
	return nil
}
