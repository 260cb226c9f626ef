//go:build !unix

package pgtest

import "errors"

var errMissing = errors.New("temporary clusters need a Unix system")

func shared(bool) (string, error) { return "", errMissing }

func isMissing(err error) bool { return errors.Is(err, errMissing) }
