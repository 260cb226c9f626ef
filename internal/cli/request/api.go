// Package request has the command that calls any path of the API.
package request

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

type options struct {
	*command.Factory
	method   string
	path     string
	fields   []string
	headers  []string
	input    string
	key      string
	paginate bool
	include  bool
}

// NewCmd makes the command.
func NewCmd(f *command.Factory) *cobra.Command {
	o := &options{Factory: f}
	cmd := &cobra.Command{
		Use:   "api <path>",
		Short: "Call any path of the API",
		Long: `Call any path of the API and print the answer. The method is GET, or POST with --input. Fields of the
body are given with --field: name=text, or name:=json for numbers, true, false, null, lists and objects.
With GET they become query parameters.

A POST without --idempotency-key gets a new one, so that it is never sent twice by accident.`,
		Example: "  $ resell api /v1/session\n" +
			"  $ resell api /v1/companies --field search=lyceum --paginate --jq '.[].name'\n" +
			"  $ resell api /v1/licenses/preview --method POST --field product=mdm-device --field term=full:1 --field quantity:=3",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.path = args[0]
			return run(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&o.method, "method", "X", "", "HTTP `method`")
	flags.StringArrayVarP(&o.fields, "field", "F", nil, "`name=text` or name:=json; may be repeated")
	flags.StringArrayVarP(&o.headers, "header", "H", nil, "`name: value`; may be repeated")
	flags.StringVar(&o.input, "input", "", "`file` with the body; - is standard input")
	flags.StringVar(&o.key, "idempotency-key", "", "`key` of a POST; a new one when left out")
	flags.BoolVar(&o.paginate, "paginate", false, "fetch every page of a list and print its rows")
	flags.BoolVarP(&o.include, "include", "i", false, "print status and headers on standard error")
	cmd.MarkFlagsMutuallyExclusive("field", "input")
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
	query, body, err := o.request(fields)
	if err != nil {
		return err
	}
	if o.method == http.MethodPost && header.Get("Idempotency-Key") == "" {
		header.Set("Idempotency-Key", command.IdempotencyKey(o.key))
	}
	if o.paginate {
		return o.pages(ctx, query, header)
	}
	return o.once(ctx, query, header, body)
}

// parseFields reads name=text and name:=json.
func (o *options) parseFields() (map[string]any, error) {
	fields := make(map[string]any)
	for _, f := range o.fields {
		name, text, ok := strings.Cut(f, "=")
		if !ok || name == "" {
			return nil, command.Usage("--field takes name=text or name:=json")
		}
		plain, isJSON := strings.CutSuffix(name, ":")
		if !isJSON {
			fields[name] = text
			continue
		}
		var v any
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.UseNumber()
		if err := decoder.Decode(&v); err != nil {
			return nil, command.Usage("--field %s: what follows := is not JSON", plain)
		}
		fields[plain] = v
	}
	return fields, nil
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

func (o *options) request(fields map[string]any) (url.Values, io.Reader, error) {
	query := make(url.Values)
	switch {
	case o.input != "":
		text, err := o.readInput()
		if err != nil {
			return nil, nil, err
		}
		return query, strings.NewReader(text), nil
	case o.method == http.MethodGet:
		for name, value := range fields {
			query.Set(name, fmt.Sprint(value))
		}
		return query, nil, nil
	case len(fields) == 0:
		return query, nil, nil
	}
	body, err := json.Marshal(fields)
	if err != nil {
		return nil, nil, fmt.Errorf("write body: %w", err)
	}
	return query, strings.NewReader(string(body)), nil
}

func (o *options) readInput() (string, error) {
	const largest = 64 << 20
	in, err := o.Open(o.input)
	if err != nil {
		return "", command.Usage("--input: %s", err)
	}
	defer func() { _ = in.Close() }() // it was only read
	text, err := io.ReadAll(io.LimitReader(in, largest))
	if err != nil {
		return "", fmt.Errorf("read body: %w", err)
	}
	return string(text), nil
}

func (o *options) once(ctx context.Context, query url.Values, header http.Header, body io.Reader) error {
	c, err := o.Client(ctx)
	if err != nil {
		return err
	}
	answer, err := c.Raw(ctx, o.method, o.path, query, header, body)
	if answer != nil && o.include {
		o.Note("%d %s", answer.Status, http.StatusText(answer.Status))
		for name, values := range answer.Header {
			o.Note("%s: %s", name, strings.Join(values, ", "))
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
