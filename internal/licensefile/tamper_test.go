package licensefile_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/resell-cli/resell/internal/licensefile"
)

// Not one bit of a file may be another: neither what is signed nor what is around it.
func TestVerifyRefusesEveryFlippedBit(t *testing.T) {
	t.Parallel()
	public, private := keyPair("vendor")
	small := licensefile.License{ID: "lic_1", StartsOn: sample().StartsOn, Issued: sample().Issued}
	readable := sign(t, private, small, "")
	lineEnd := func(file []byte, i int) bool { return file[i] == '\r' || file[i] == '\n' || i == len(file)-1 }
	for name, tt := range map[string]struct {
		file []byte
		of   func(file []byte, i int) bool // the bytes to flip; nil is all
	}{
		"readable":             {readable, nil},
		"encrypted":            {sign(t, private, small, "7GK2M9QX"), nil},
		"with other line ends": {bytes.ReplaceAll(readable, []byte("\n"), []byte("\r\n")), lineEnd},
		"without the last":     {bytes.Clone(bytes.TrimRight(readable, "\n")), lineEnd},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := licensefile.Verify(tt.file, public, "7GK2M9QX", now())
			require.NoError(t, err)
			for i := range tt.file {
				if tt.of != nil && !tt.of(tt.file, i) {
					continue
				}
				for bit := range 8 {
					tt.file[i] ^= 1 << bit
					if _, err := licensefile.Verify(tt.file, public, "7GK2M9QX", now()); err == nil {
						require.Fail(t, "a changed file is taken", "bit %d of byte %d", bit, i)
					}
					tt.file[i] ^= 1 << bit
				}
			}
		})
	}
}

// Nor may anything be added, left out or exchanged.
func TestVerifyRefusesEveryOtherText(t *testing.T) {
	t.Parallel()
	public, private := keyPair("vendor")
	file := sign(t, private, sample(), "")
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.IntRange(0, len(file)).Draw(t, "from")
		to := rapid.IntRange(from, len(file)).Draw(t, "to")
		piece := rapid.OneOf(
			rapid.SliceOfN(rapid.SampledFrom([]byte("\r\n =A-")), 0, 3),
			rapid.SliceOfN(rapid.Byte(), 0, 64),
			rapid.Just(file[:to]),
		).Draw(t, "piece")
		changed := bytes.Join([][]byte{file[:from], piece, file[to:]}, nil)
		if string(changed)+"\n" == string(file) || bytes.Equal(changed, file) {
			t.Skip("it is the same")
		}
		_, err := licensefile.Verify(changed, public, "", now())
		require.Error(t, err)
	})
}

func TestVerifyForgivesLineEnds(t *testing.T) {
	t.Parallel()
	public, private := keyPair("vendor")
	file := string(sign(t, private, sample(), ""))
	windows := strings.ReplaceAll(file, "\n", "\r\n")
	for _, text := range []string{windows, strings.TrimSuffix(file, "\n"), strings.TrimSuffix(windows, "\r\n")} {
		_, err := licensefile.Verify([]byte(text), public, "", now())
		require.NoError(t, err)
	}
	for _, text := range []string{
		file + "\n", "\n" + file, " " + file, strings.Replace(file, "\n", "\r\n", 1), strings.ReplaceAll(file, "\n", "\r"),
		strings.Replace(windows, "\r\n", "\n", 1), strings.Replace(file, "\n", " \n", 1), file + file,
	} {
		_, err := licensefile.Verify([]byte(text), public, "", now())
		require.Equal(t, licensefile.Malformed, reasonOf(t, err), "%q", text[:40])
	}
}

// A certificate may be signed and hold together, and still be none that Sign makes.
func TestVerifyRefusesOtherCertificates(t *testing.T) {
	t.Parallel()
	public, private := keyPair("vendor")
	readable := fieldsOf(t, sign(t, private, sample(), ""))
	encrypted := fieldsOf(t, sign(t, private, sample(), "s"))
	parts := strings.Split(encrypted["enc"], ".")
	with := func(fields map[string]string, change map[string]string) map[string]string {
		fields = maps.Clone(fields)
		maps.Copy(fields, change)
		return fields
	}
	resigned := func(enc, alg string) map[string]string { return signed(private, "license/", enc, alg) }
	b64 := func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }
	const doc = `{"data":{"id":"lic_1","type":"licenses","attributes":{}},"meta":{"issued":"2026-11-21T09:30:00Z"}}`

	for name, tt := range map[string]struct {
		fields map[string]string
		reason licensefile.Reason
	}{
		"the other algorithm":        {with(readable, map[string]string{"alg": encrypted["alg"]}), licensefile.Malformed},
		"the other algorithm, again": {with(encrypted, map[string]string{"alg": readable["alg"]}), licensefile.Malformed},
		"an unknown algorithm":       {with(readable, map[string]string{"alg": "none"}), licensefile.Malformed},
		"no algorithm":               {with(readable, map[string]string{"alg": ""}), licensefile.Malformed},
		"no signature":               {with(readable, map[string]string{"sig": ""}), licensefile.NotGenuine},
		"a short signature":          {with(readable, map[string]string{"sig": "AAAA"}), licensefile.NotGenuine},
		"half a signature":           {with(readable, map[string]string{"sig": "AAA"}), licensefile.Malformed},
		"the signature of another":   {with(readable, map[string]string{"sig": encrypted["sig"]}), licensefile.NotGenuine},
		"signed as a machine file":   {signed(private, "machine/", readable["enc"], readable["alg"]), licensefile.NotGenuine},
		"a line break in enc":        {resigned(readable["enc"]+"\n", readable["alg"]), licensefile.Malformed},
		"loose base64":               {resigned("e31=", readable["alg"]), licensefile.Malformed},
		"nothing":                    {resigned("", readable["alg"]), licensefile.Malformed},
		"not JSON":                   {resigned(b64("hello"), readable["alg"]), licensefile.Malformed},
		"of another type":            {resigned(b64(strings.Replace(doc, "licenses", "machines", 1)), readable["alg"]), licensefile.Malformed},
		"without an id":              {resigned(b64(strings.Replace(doc, "lic_1", "", 1)), readable["alg"]), licensefile.Malformed},
		"without a time of issue":    {resigned(b64(strings.Replace(doc, "issued", "was", 1)), readable["alg"]), licensefile.Malformed},
		"with a time to live alone":  {resigned(b64(strings.Replace(doc, `"issued"`, `"ttl":60,"issued"`, 1)), readable["alg"]), licensefile.Malformed},
		"two parts":                  {resigned(parts[0]+"."+parts[1], encrypted["alg"]), licensefile.Malformed},
		"four parts":                 {resigned(encrypted["enc"]+".AAAA", encrypted["alg"]), licensefile.Malformed},
		"a short iv":                 {resigned(parts[0]+".AAAA."+parts[2], encrypted["alg"]), licensefile.Malformed},
		"a short tag":                {resigned(parts[0]+"."+parts[1]+".AAAA", encrypted["alg"]), licensefile.Malformed},
		"parts exchanged":            {resigned(parts[0]+"."+parts[1]+"."+base64.StdEncoding.EncodeToString(make([]byte, 16)), encrypted["alg"]), licensefile.WrongSecret},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := licensefile.Verify(fileOf(t, tt.fields), public, "s", now())
			require.Equal(t, tt.reason, reasonOf(t, err), "%v", err)
		})
	}
	// The tools of this test make what Verify takes.
	_, err := licensefile.Verify(fileOf(t, resigned(b64(doc), readable["alg"])), public, "", now())
	require.NoError(t, err)
}

// Members that JSON would let pass: of other case, twice, and unknown ones.
func TestVerifyRefusesOtherJSON(t *testing.T) {
	t.Parallel()
	public, private := keyPair("vendor")
	plain := string(content(t, sign(t, private, sample(), "")))
	_, err := licensefile.Verify(wrap(plain), public, "", now())
	require.NoError(t, err)
	for _, text := range []string{
		strings.Replace(plain, `"enc"`, `"Enc"`, 1),
		strings.Replace(plain, `"enc"`, `"enc":"","enc"`, 1),
		strings.Replace(plain, `{`, `{"exp":"2099-01-01T00:00:00Z",`, 1),
		strings.Replace(plain, `:`, `: `, 1),
		plain + "\n", plain + plain, `[` + plain + `]`, `null`,
	} {
		_, err := licensefile.Verify(wrap(text), public, "", now())
		require.Equal(t, licensefile.Malformed, reasonOf(t, err), text)
	}
}

func fieldsOf(t *testing.T, file []byte) map[string]string {
	t.Helper()
	var fields map[string]string
	require.NoError(t, json.Unmarshal(content(t, file), &fields))
	return fields
}

func signed(private ed25519.PrivateKey, prefix, enc, alg string) map[string]string {
	sig := ed25519.Sign(private, []byte(prefix+enc))
	return map[string]string{"enc": enc, "sig": base64.StdEncoding.EncodeToString(sig), "alg": alg}
}

func fileOf(t *testing.T, fields map[string]string) []byte {
	t.Helper()
	text, err := json.Marshal(struct {
		Enc string `json:"enc"`
		Sig string `json:"sig"`
		Alg string `json:"alg"`
	}{fields["enc"], fields["sig"], fields["alg"]})
	require.NoError(t, err)
	return wrap(string(text))
}

func wrap(text string) []byte {
	code := base64.StdEncoding.EncodeToString([]byte(text))
	var file strings.Builder
	file.WriteString("-----BEGIN LICENSE FILE-----\n")
	for len(code) > 60 {
		file.WriteString(code[:60] + "\n")
		code = code[60:]
	}
	file.WriteString(code + "\n-----END LICENSE FILE-----\n")
	return []byte(file.String())
}
