package server

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"mime"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/invoice"
	"github.com/resell-cli/resell/internal/service"
)

// file is an answer that is not JSON.
type file struct {
	name, kind string
	content    []byte
}

// handleFile serves an Op that answers with a file.
func handleFile[I any](a huma.API, s *Server, op api.Op[I, api.File], kinds []string,
	fn func(context.Context, service.Caller, *I) (file, error),
) {
	operation := s.operation(a, op.Meta(), op.Status)
	content := make(map[string]*huma.MediaType, len(kinds))
	for _, kind := range kinds {
		content[kind] = textSchema()
	}
	operation.Responses = map[string]*huma.Response{"200": {Description: "The file", Content: content}}
	huma.Register(a, operation, func(ctx context.Context, in *I) (*huma.StreamResponse, error) {
		out, err := fn(ctx, callerOf(ctx), in)
		if err != nil {
			return nil, s.problem(ctx, err)
		}
		return &huma.StreamResponse{Body: func(hc huma.Context) {
			_, w := humago.Unwrap(hc)
			w.Header().Set("Content-Type", out.kind)
			w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": out.name}))
			w.Header().Set("Content-Security-Policy", policyOf(out.content))
			w.Header().Set("X-Content-Type-Options", "nosniff")
			w.Header().Set("Cache-Control", "no-store")
			w.WriteHeader(http.StatusOK)
			_, _ = w.Write(out.content) // whoever asked has gone, where it fails
		}}, nil
	})
}

// policyOf lets a page show itself in the one style sheet that it carries.
func policyOf(page []byte) string {
	policy := "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	_, rest, ok := bytes.Cut(page, []byte("<style>"))
	style, _, whole := bytes.Cut(rest, []byte("</style>"))
	if !ok || !whole {
		return policy
	}
	sum := sha256.Sum256(style)
	return policy + "; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

func (s *Server) invoiceDocument(ctx context.Context, c service.Caller, in *api.InvoiceDocumentInput) (file, error) {
	found, err := s.service.Invoice(ctx, c, in.Invoice)
	if err != nil {
		return file{}, err
	}
	document := invoice.NewDocument(found)
	var content bytes.Buffer
	if in.Format == "html" {
		err = invoice.HTML(&content, document)
		return file{invoice.FileName(document) + ".html", "text/html; charset=utf-8", content.Bytes()}, err
	}
	err = invoice.PDF(&content, document)
	return file{invoice.FileName(document) + ".pdf", "application/pdf", content.Bytes()}, err
}
