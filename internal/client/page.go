package client

import (
	"context"
	"errors"
	"iter"

	"github.com/resell-cli/resell/internal/api"
)

// maxPage is the most rows the API gives in a page.
const maxPage = 500

// Pages yields the rows of a list, fetching page after page, up to limit rows; 0 is
// all of them. It begins at the cursor of in. An error is yielded last; see [Call].
func Pages[I, T any, P interface {
	*I
	Turn(cursor string)
	SetLimit(rows int)
}](ctx context.Context, c *Client, op api.Op[I, api.List[T]], in I, limit int) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		in, left := in, limit
		cursor := ""
		for {
			P(&in).SetLimit(pageSize(limit, left))
			page, err := Call(ctx, c, op, in)
			if err == nil && page.NextCursor != "" && page.NextCursor == cursor {
				err = errors.New("the server's list does not end: it gave the same cursor twice")
			}
			if err != nil {
				var none T
				yield(none, err)
				return
			}
			for _, row := range page.Data {
				if !yield(row, nil) {
					return
				}
				if left--; left == 0 {
					return
				}
			}
			if page.NextCursor == "" {
				return
			}
			cursor = page.NextCursor
			P(&in).Turn(cursor)
		}
	}
}

func pageSize(limit, left int) int {
	if limit <= 0 {
		return maxPage
	}
	return min(left, maxPage)
}
