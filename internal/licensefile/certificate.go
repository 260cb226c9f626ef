package licensefile

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
)

// MaxSize is the largest license file, in bytes. A license with a thousand serials of a
// hundred characters has a fifth of it.
const MaxSize = 1 << 20

const (
	beginLine = "-----BEGIN LICENSE FILE-----\n"
	endLine   = "-----END LICENSE FILE-----\n"
	lineWidth = 60
)

// The algorithms. The signature does not cover the name, and need not: what one of them
// makes has no form in the other.
const (
	algPlain     = "base64+ed25519"
	algEncrypted = "aes-256-gcm+ed25519"
)

// Read reads a license file, and no more than MaxSize of it. A longer one is Malformed.
func Read(r io.Reader) ([]byte, error) {
	file, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err != nil {
		return nil, fmt.Errorf("read license file: %w", err)
	}
	if len(file) > MaxSize {
		return nil, tooLarge()
	}
	return file, nil
}

func tooLarge() error {
	return malformed(fmt.Sprintf("it is larger than %d MiB", MaxSize>>20), nil)
}

// certificate is what is between the marker lines.
type certificate struct {
	Enc string `json:"enc"`
	Sig string `json:"sig"`
	Alg string `json:"alg"`
}

// signed is what the signature is over.
func (c certificate) signed() []byte { return []byte("license/" + c.Enc) }

// encode writes the one form that a certificate has as a file.
func (c certificate) encode() ([]byte, error) {
	text, err := json.Marshal(c)
	if err != nil {
		return nil, fmt.Errorf("encode certificate: %w", err)
	}
	code := base64.StdEncoding.EncodeToString(text)
	var file bytes.Buffer
	file.WriteString(beginLine)
	for len(code) > 0 {
		n := min(lineWidth, len(code))
		file.WriteString(code[:n] + "\n")
		code = code[n:]
	}
	file.WriteString(endLine)
	return file.Bytes(), nil
}

// parse reads a certificate in the one form that it has. The signature covers enc alone,
// so that the rest of the file is genuine only if it is what encode makes of it.
func parse(file []byte) (certificate, error) {
	var c certificate
	if len(file) > MaxSize {
		return c, tooLarge()
	}
	file = unixLines(file)
	body, begins := bytes.CutPrefix(file, []byte(beginLine))
	body, ends := bytes.CutSuffix(body, []byte(endLine))
	if !begins || !ends {
		return c, malformed("its first or last line is missing", nil)
	}
	text, err := base64.StdEncoding.AppendDecode(nil, body)
	if err != nil {
		return c, malformed("it is not base64", err)
	}
	if err := json.Unmarshal(text, &c); err != nil {
		return c, malformed("it is not JSON inside", err)
	}
	again, err := c.encode()
	if err != nil {
		return c, err
	}
	if !bytes.Equal(again, file) {
		return c, malformed("something was added or put in another form", nil)
	}
	return c, nil
}

// unixLines undoes what editors and mail do to a text: line ends of another system, all
// of them, and a missing end of the last line.
func unixLines(file []byte) []byte {
	crlf := bytes.Count(file, []byte("\r\n"))
	if crlf == bytes.Count(file, []byte("\n")) && crlf == bytes.Count(file, []byte("\r")) {
		file = bytes.ReplaceAll(file, []byte("\r\n"), []byte("\n"))
	}
	if !bytes.HasSuffix(file, []byte("\n")) {
		file = append(bytes.Clone(file), '\n')
	}
	return file
}
