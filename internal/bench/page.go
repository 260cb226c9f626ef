package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/client"
)

// page is what the bench program does when it is run for pages: it reads the list of
// keys from args[0], a page of 100 at a time, up to args[1] rows.
func page(ctx context.Context, args []string) error {
	const size = 100
	if len(args) != 2 {
		return errors.New("usage: bench page HOST ROWS")
	}
	rows, err := strconv.Atoi(args[1])
	if err != nil {
		return fmt.Errorf("number of rows: %w", err)
	}
	c, err := client.New(client.Options{Host: args[0], Token: os.Getenv("RESELL_TOKEN")})
	if err != nil {
		return err
	}
	defer c.Close()
	in := api.KeyListInput{Page: api.Page{Limit: size}}
	for read := 0; read < rows; {
		list, err := client.Call(ctx, c, api.KeyList, in)
		if err != nil {
			return err
		}
		read += len(list.Data)
		if list.NextCursor == "" && read < rows {
			return fmt.Errorf("the list ended after %d rows", read)
		}
		in.Turn(list.NextCursor)
	}
	return nil
}
