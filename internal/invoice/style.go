package invoice

// The colours are dark enough to be read by everyone (WCAG 2.2, contrast 4.5:1).

func ink() color      { return color{31, 41, 51} }
func quiet() color    { return color{85, 96, 108} }
func accent() color   { return color{31, 58, 95} }
func hairline() color { return color{207, 214, 222} }
func tint() color     { return color{241, 244, 247} }

func titleStyle() style  { return style{"B", 20, accent()} }
func sellerStyle() style { return style{"B", 14, ink()} }
func totalStyle() style  { return style{"B", 12, accent()} }
func strongStyle() style { return style{"B", 10.5, ink()} }
func plainStyle() style  { return style{"", 9.5, ink()} }
func quietStyle() style  { return style{"", 9.5, quiet()} }
func headStyle() style   { return style{"B", 8.5, accent()} }
func smallStyle() style  { return style{"", 8.5, quiet()} }
