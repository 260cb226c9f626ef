package page

import (
	"maps"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Contrast as WCAG 2.2 has it: 4.5 for text (1.4.3), 3 for what an input or the focus
// is recognised by (1.4.11).
func TestContrast(t *testing.T) {
	t.Parallel()
	light, dark, ok := strings.Cut(style, "@media (prefers-color-scheme: dark)")
	require.True(t, ok)
	dark, _, _ = strings.Cut(dark, "\n}\n")
	schemes := map[string]map[string]string{"light": colours(light)}
	schemes["dark"] = maps.Clone(schemes["light"])
	maps.Copy(schemes["dark"], colours(dark))

	pairs := []struct {
		front, back string
		least       float64
	}{
		{"text", "ground", 4.5},
		{"text", "card", 4.5},
		{"quiet", "card", 4.5},
		{"accent", "card", 4.5},
		{"accent", "ground", 4.5},
		{"on-accent", "accent", 4.5},
		{"wrong", "card", 4.5},
		{"wrong", "wrong-ground", 4.5},
		{"good", "good-ground", 4.5},
		{"warning", "warning-ground", 4.5},
		{"edge", "card", 3},
		{"accent", "wrong-ground", 3},
	}
	for scheme, colour := range schemes {
		for _, p := range pairs {
			require.NotEmpty(t, colour[p.front], p.front)
			require.NotEmpty(t, colour[p.back], p.back)
			got := contrast(t, colour[p.front], colour[p.back])
			require.GreaterOrEqual(t, got, p.least, "%s on %s, %s", p.front, p.back, scheme)
		}
	}
	require.NotEqual(t, schemes["light"]["card"], schemes["dark"]["card"])
	require.InDelta(t, 21, contrast(t, "#000000", "#ffffff"), 0.01, "the measure itself")
	require.InDelta(t, 4.54, contrast(t, "#767676", "#ffffff"), 0.01)
}

func colours(css string) map[string]string {
	found := map[string]string{}
	for _, m := range regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{6});`).FindAllStringSubmatch(css, -1) {
		found[m[1]] = m[2]
	}
	return found
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		require.NoError(t, err)
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}
