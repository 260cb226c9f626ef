package service

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// listKeysSince is what the cursors of exports are signed for, and those of no list.
const listKeysSince = "keys since"

// exportStart stands for the cursor of an export before the first.
const exportStart = "start"

// settleWithin is how long an export waits for keys that are being made. A million of
// them take some ten seconds.
const settleWithin = 30 * time.Second

// exportKeysSince chooses the keys made after those of an earlier export, up to the last
// that there is now. It leaves no gap: those whose transactions are under way with a
// lower number than that are waited for.
func (s *Service) exportKeysSince(ctx context.Context, c Caller, q KeyQuery, after string) (store.Export, error) {
	export, err := view(ctx, s, func(tx *store.Tx) (store.Export, error) { return keysSince(ctx, tx, c, q, after) })
	if err != nil {
		return export, err
	}
	waiting, cancel := context.WithTimeout(ctx, settleWithin)
	defer cancel()
	err = s.store.SettleKeys(waiting)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return export, licensing.Errorf(licensing.CodeUnavailable, "keys have been in the making for %s", settleWithin).
			WithHint("try again when they are there")
	}
	return export, err
}

func keysSince(ctx context.Context, tx *store.Tx, c Caller, q KeyQuery, after string) (store.Export, error) {
	first, err := openMark(ctx, tx, c, q, after)
	if err != nil {
		return store.Export{}, err
	}
	f, err := keyFilter(ctx, tx, c, q)
	if err != nil {
		return store.Export{}, err
	}
	last, err := tx.LastKey(ctx, c.Visible)
	if err != nil {
		return store.Export{}, err
	}
	if last.Seq < first.Seq { // a sub-reseller's keys, which are no longer seen
		last = first
	}
	f.After, f.Until = first.Seq, cmp.Or(last.Seq, -1)
	export := store.ExportKeys(f)
	export.Next, err = sealCursor(c, listKeysSince, q, fmt.Sprintf("%d:%s", last.Seq, last.ID))
	return export, err
}

// openMark reads the cursor of an earlier export. A database that was put back to a state
// before it would give its numbers out again: its cursor is refused.
func openMark(ctx context.Context, tx *store.Tx, c Caller, q KeyQuery, after string) (store.KeyMark, error) {
	var mark store.KeyMark
	if after == exportStart {
		return mark, nil
	}
	text, err := openCursor(c, listKeysSince, q, after)
	if err != nil {
		return mark, err
	}
	number, id, _ := strings.Cut(text, ":")
	mark.ID = id
	if mark.Seq, err = strconv.ParseInt(number, 10, 64); err != nil {
		return mark, fmt.Errorf("cursor of an export: %w", err)
	}
	if mark.Seq == 0 {
		return mark, nil
	}
	there, err := tx.HasKeyAt(ctx, mark)
	if err == nil && !there {
		err = licensing.Errorf(licensing.CodeInvalidCursor, "the keys up to the cursor are not there: the data is from before it").
			WithHint("export everything once more, without the cursor")
	}
	return mark, err
}
