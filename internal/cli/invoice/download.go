package invoice

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type downloadOptions struct {
	*command.Factory
	invoice string
	format  string
	file    string
}

func newCmdDownload(f *command.Factory) *cobra.Command {
	o := &downloadOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "download <invoice>",
		Short: "Download an invoice as a PDF or a web page",
		Long: `Download an invoice or credit note, sent or received, as it was mailed. Without --file it goes to
standard output, which must not be a terminal for a PDF.`,
		Example: "  $ resell invoice download INV-2026-000001 --file INV-2026-000001.pdf\n" +
			"  $ resell invoice download INV-2026-000001 --format html --file invoice.html",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.invoice = args[0]
			if o.format != "pdf" && o.format != "html" {
				return command.Usage("--format takes pdf or html")
			}
			if o.toStdout() && o.format == "pdf" && o.StdoutTerminal {
				return command.Usage("a PDF is not for a terminal: name a file with --file")
			}
			return downloadRun(cmd.Context(), o)
		},
	}
	cmd.Flags().StringVar(&o.format, "format", "pdf", "`format` of the document: pdf or html")
	cmd.Flags().StringVarP(&o.file, "file", "f", "", "write to this `file`, whole or not at all; - is standard output")
	return cmd
}

func (o *downloadOptions) toStdout() bool { return o.file == "" || o.file == "-" }

func downloadRun(ctx context.Context, o *downloadOptions) error {
	document, err := command.Download(ctx, o.Factory, api.InvoiceDocument, api.InvoiceDocumentInput{Invoice: o.invoice, Format: o.format})
	if err != nil {
		return err
	}
	if o.toStdout() {
		_, err := o.Stdout.Write(document)
		return err
	}
	if err := replace(o.file, document); err != nil {
		return fmt.Errorf("write %s: %w", o.file, err)
	}
	o.Note("%s: %d bytes", o.file, len(document))
	return nil
}

// replace makes a file appear whole or not at all.
func replace(path string, content []byte) (err error) {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.part")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	_, err = file.Write(content)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}
