// Package request has the command that calls any path of the API.
package request

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

type options struct {
	*command.Factory
	method string
	path   string
	command.WriteFlags
	fields    []string
	rawFields []string
	headers   []string
	input     string
	paginate  bool
	include   bool
}

// NewCmd makes the command.
func NewCmd(f *command.Factory) *cobra.Command {
	o := &options{Factory: f}
	cmd := &cobra.Command{
		Use:   "api <path>",
		Short: "Call any path of the API",
		Long: `Call any path of the API and print the answer. The method is GET, or POST with --input.

Fields of the body are given with --raw-field name=text, or with --field, where true, false, null and whole
numbers stand for themselves, @file for the content of a file (@- is standard input), and name:=json for any
JSON. Names may be nested: company[name]=text, scopes[]=text, lines[][product]=text. With GET they become
query parameters: a path that spends is never called without --method POST or --input.

A POST is done once: it has the --idempotency-key, or a new one that an unfinished run leaves to the next of
the same command. Errors and exit codes are those of every command.`,
		Example: "  $ resell api /v1/session\n" +
			"  $ resell api /v1/companies --field search=lyceum --paginate --jq '.[].name'\n" +
			"  $ resell api /v1/licenses/preview --method POST --field product=mdm-device --field term=full:1 --field quantity=3",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.path = args[0]
			return run(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&o.method, "method", "X", "", "HTTP `method`")
	flags.StringArrayVarP(&o.fields, "field", "F", nil, "`name=value` with numbers, true, false, null or @file, or name:=json; may be repeated")
	flags.StringArrayVarP(&o.rawFields, "raw-field", "f", nil, "`name=text`; may be repeated")
	flags.StringArrayVarP(&o.headers, "header", "H", nil, "`name: value`; may be repeated")
	flags.StringVar(&o.input, "input", "", "`file` with the body; - is standard input")
	flags.BoolVar(&o.paginate, "paginate", false, "fetch every page of a list and print its rows")
	flags.BoolVarP(&o.include, "include", "i", false, "print status and headers on standard error")
	o.WriteFlags.Bind(cmd)
	cmd.MarkFlagsMutuallyExclusive("field", "input")
	cmd.MarkFlagsMutuallyExclusive("raw-field", "input")
	return cmd
}

func run(ctx context.Context, o *options) error {
	if o.Output == "" {
		o.Output = string(output.JSON) // the API's own form; said before the settings are read
	}
	fields, err := o.parseFields()
	if err != nil {
		return err
	}
	header, err := o.header()
	if err != nil {
		return err
	}
	if o.method == "" {
		o.method = http.MethodGet
		if o.input != "" {
			o.method = http.MethodPost
		}
	}
	o.method = strings.ToUpper(o.method)
	if o.IdempotencyKey != "" && o.method != http.MethodPost {
		return command.Usage("--idempotency-key goes with POST: other methods do no more when they are repeated")
	}
	query, body, err := o.content(fields)
	if err != nil {
		return err
	}
	if o.paginate {
		return o.pages(ctx, query, header)
	}
	return o.once(ctx, command.RawRequest{Method: o.method, Path: o.path, Query: query, Header: header, Body: body})
}

func (o *options) header() (http.Header, error) {
	header := make(http.Header)
	for _, h := range o.headers {
		name, value, ok := strings.Cut(h, ":")
		if !ok {
			return nil, command.Usage("--header takes name: value")
		}
		if strings.EqualFold(strings.TrimSpace(name), "Authorization") {
			return nil, command.Usage("--header cannot set Authorization: set RESELL_TOKEN instead")
		}
		header.Add(strings.TrimSpace(name), strings.TrimSpace(value))
	}
	return header, nil
}

// content is what is sent: parameters, or a body.
func (o *options) content(fields map[string]any) (url.Values, []byte, error) {
	switch {
	case o.input != "":
		body, err := o.read("--input", o.input)
		return nil, body, err
	case o.method == http.MethodGet:
		query, err := queryOf(fields)
		return query, nil, err
	case len(fields) == 0:
		return nil, nil, nil
	}
	body, err := json.Marshal(fields)
	if err != nil {
		return nil, nil, fmt.Errorf("write body: %w", err)
	}
	return nil, body, nil
}

func (o *options) once(ctx context.Context, q command.RawRequest) error {
	answer, err := command.Raw(ctx, o.Factory, o.WriteFlags, q)
	if answer != nil && o.include {
		o.Note("%d %s", answer.Status, http.StatusText(answer.Status))
		for _, name := range slices.Sorted(maps.Keys(answer.Header)) {
			o.Note("%s: %s", name, strings.Join(answer.Header[name], ", "))
		}
	}
	if err != nil {
		return err
	}
	if !strings.HasPrefix(answer.Header.Get("Content-Type"), "application/json") {
		_, err := o.Stdout.Write(answer.Body)
		return err
	}
	return o.print(json.RawMessage(answer.Body))
}

// pages gathers the rows of every page.
func (o *options) pages(ctx context.Context, query url.Values, header http.Header) error {
	if o.method != http.MethodGet {
		return command.Usage("--paginate goes with GET")
	}
	c, err := o.Client(ctx)
	if err != nil {
		return err
	}
	rows := []json.RawMessage{}
	for {
		answer, err := c.Raw(ctx, o.method, o.path, query, header, nil)
		if err != nil {
			return err
		}
		var page api.List[json.RawMessage]
		if err := json.Unmarshal(answer.Body, &page); err != nil || page.Data == nil {
			return errors.New("the answer is not a list; leave --paginate out")
		}
		rows = append(rows, page.Data...)
		if page.NextCursor == "" {
			break
		}
		query.Set("cursor", page.NextCursor)
	}
	return o.print(rows)
}

func (o *options) print(v any) error {
	p, err := o.Printer()
	if err != nil {
		return err
	}
	if rows, ok := v.([]json.RawMessage); ok {
		return p.List(rows, nil)
	}
	return p.Item(v, nil)
}
