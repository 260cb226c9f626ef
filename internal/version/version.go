// Package version says which build is running: its version, commit and date.
package version

import (
	"runtime/debug"
	"strings"
)

// Version is the released version, set at link time with
// -ldflags "-X github.com/resell-cli/resell/internal/version.Version=v1.2.3".
// Empty in a plain go build or go install. Read it through [String].
var Version string //nolint:gochecknoglobals // the linker can set nothing but a package variable

// develop is what a build says that knows no version of its own.
const develop = "dev"

// String returns the version without a leading "v", such as "1.2.3". Without a
// version from the linker it is the module version that Go recorded, and "dev"
// when there is none either.
func String() string {
	if Version != "" {
		return versionOf(Version, &debug.BuildInfo{}) // what Go recorded takes a while to read
	}
	return versionOf("", buildInfo())
}

// Commit returns the full hash of the commit that was built, with "-dirty"
// behind it when the tree had changes; empty when Go recorded none.
func Commit() string {
	return commitOf(buildInfo())
}

// Date returns the time of the commit that was built (not of the build, so that
// builds are reproducible) in RFC 3339 UTC; empty when Go recorded none.
func Date() string {
	return setting(buildInfo(), "vcs.time")
}

func buildInfo() *debug.BuildInfo {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return &debug.BuildInfo{}
	}
	return info
}

func versionOf(linked string, info *debug.BuildInfo) string {
	for _, candidate := range []string{linked, info.Main.Version} {
		if candidate != "" && candidate != "(devel)" {
			return strings.TrimPrefix(candidate, "v")
		}
	}
	return develop
}

func commitOf(info *debug.BuildInfo) string {
	commit := setting(info, "vcs.revision")
	if commit != "" && setting(info, "vcs.modified") == "true" {
		commit += "-dirty"
	}
	return commit
}

func setting(info *debug.BuildInfo, key string) string {
	for _, s := range info.Settings {
		if s.Key == key {
			return s.Value
		}
	}
	return ""
}
