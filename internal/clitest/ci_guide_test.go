package clitest_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/resell-cli/resell/internal/clitest"
)

// ciJob is a job of a CI service, as far as a shell is concerned.
type ciJob struct {
	env   map[string]string
	steps []string // each a script
	keeps []string // folders that are kept
}

// The jobs of the guide are what the services can read, and do what the guide says: their
// steps are run one after the other, twice, with a server of the test.
func TestJobsOfTheGuide(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("no bash")
	}
	blocks := yamlBlocks(t, filepath.Join("..", "..", "docs", "guide", "ci.md"))
	require.Len(t, blocks, 2)
	for name, test := range map[string]struct {
		job   ciJob
		shell []string // as the service runs a step
	}{
		"GitHub Actions": {githubJob(t, blocks[0]), []string{"bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"}},
		"GitLab CI":      {gitlabJob(t, blocks[1]), []string{"sh", "-ec"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			runJob(t, test.job, test.shell)
		})
	}
}

func yamlBlocks(t *testing.T, path string) []string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	var blocks []string
	for _, found := range regexp.MustCompile("(?ms)^```yaml\n(.*?)^```$").FindAllStringSubmatch(string(text), -1) {
		blocks = append(blocks, found[1])
	}
	return blocks
}

// strictly reads YAML: what the test does not know is a slip of the guide.
func strictly(t *testing.T, text string, into any) {
	t.Helper()
	decoder := yaml.NewDecoder(strings.NewReader(text))
	decoder.KnownFields(true)
	require.NoError(t, decoder.Decode(into))
}

func githubJob(t *testing.T, text string) ciJob {
	t.Helper()
	var workflow struct {
		Name string `yaml:"name"`
		On   struct {
			Schedule []struct {
				Cron string `yaml:"cron"`
			} `yaml:"schedule"`
			Dispatch any `yaml:"workflow_dispatch"`
		} `yaml:"on"`
		Concurrency string `yaml:"concurrency"`
		Jobs        map[string]struct {
			RunsOn      string            `yaml:"runs-on"`
			Timeout     int               `yaml:"timeout-minutes"`
			Permissions map[string]string `yaml:"permissions"`
			Env         map[string]string `yaml:"env"`
			Steps       []struct {
				Uses string            `yaml:"uses"`
				With map[string]string `yaml:"with"`
				Run  string            `yaml:"run"`
				If   string            `yaml:"if"`
			} `yaml:"steps"`
		} `yaml:"jobs"`
	}
	strictly(t, text, &workflow)
	require.Len(t, workflow.On.Schedule, 1)
	require.Regexp(t, `^\d+ \d+ \* \* \*$`, workflow.On.Schedule[0].Cron)
	require.Len(t, workflow.Jobs, 1)
	var job ciJob
	for _, described := range workflow.Jobs {
		require.Equal(t, "${{ secrets.RESELL_TOKEN }}", described.Env["RESELL_TOKEN"])
		job.env = described.Env
		for _, step := range described.Steps {
			require.NotEqual(t, step.Run == "", step.Uses == "", "a step either runs or uses something")
			if step.Uses != "" {
				require.Regexp(t, `^actions/[a-z-]+(/[a-z]+)?@v\d+$`, step.Uses)
			}
			if path := step.With["path"]; path != "" && !slices.Contains(job.keeps, path) {
				job.keeps = append(job.keeps, path)
			}
			if step.Run != "" && step.If == "" {
				job.steps = append(job.steps, step.Run)
			}
		}
	}
	return job
}

func gitlabJob(t *testing.T, text string) ciJob {
	t.Helper()
	var jobs map[string]struct {
		Image         string              `yaml:"image"`
		Rules         []map[string]string `yaml:"rules"`
		ResourceGroup string              `yaml:"resource_group"`
		Variables     map[string]string   `yaml:"variables"`
		Cache         struct {
			Key   string   `yaml:"key"`
			Paths []string `yaml:"paths"`
			When  string   `yaml:"when"`
		} `yaml:"cache"`
		Script    []string `yaml:"script"`
		Artifacts struct {
			Paths    []string `yaml:"paths"`
			ExpireIn string   `yaml:"expire_in"`
		} `yaml:"artifacts"`
		AllowFailure struct {
			ExitCodes []int `yaml:"exit_codes"`
		} `yaml:"allow_failure"`
	}
	strictly(t, text, &jobs)
	require.Len(t, jobs, 1)
	var job ciJob
	for _, described := range jobs {
		require.Equal(t, []int{6}, described.AllowFailure.ExitCodes)
		job = ciJob{described.Variables, described.Script, slices.Concat(described.Cache.Paths, described.Artifacts.Paths)}
	}
	return job
}

// runJob runs a job in a checkout that has the script of the guide and nothing else.
func runJob(t *testing.T, job ciJob, shell []string) {
	t.Helper()
	work, bin := t.TempDir(), t.TempDir()
	server := clitest.Start(t, clitest.Options{MailDir: t.TempDir()})
	require.NoError(t, link(bin, "resell"))
	script, err := os.ReadFile(filepath.Join("..", "..", "docs", "samples", "nightly.sh"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(work, "nightly.sh"), script, 0o600))
	require.NoError(t, os.Mkdir(filepath.Join(work, "taken"), 0o700))
	deliver := "#!/bin/sh\ncp \"$1\" taken/\n"
	require.NoError(t, os.WriteFile(filepath.Join(work, "deliver.sh"), []byte(deliver), 0o700))

	require.Equal(t, "https://licensing.example.com", job.env["RESELL_HOST"])
	env := []string{"PATH=" + bin + string(os.PathListSeparator) + os.Getenv("PATH"), nowVariable + "=" + server.Clock.Now().Format(time.RFC3339)}
	for name, value := range job.env {
		env = append(env, name+"="+value)
	}
	env = append(env, "RESELL_HOST="+server.URL, "RESELL_TOKEN="+server.Token(t, "demo", noExpiry())) // the last counts
	do := func(text string, more ...string) (string, int) {
		step := exec.CommandContext(t.Context(), shell[0], slices.Concat(shell[1:], []string{text})...)
		step.Dir, step.Env = work, slices.Concat(env, more)
		said, _ := step.CombinedOutput()
		return string(said), step.ProcessState.ExitCode()
	}
	run := func() string {
		var all strings.Builder
		for _, text := range job.steps {
			if path, ok := strings.CutPrefix(text, "go install github.com/resell-cli/resell/"); ok { // which needs a network
				folder, version, _ := strings.Cut(path, "@")
				require.Equal(t, "latest", version)
				require.FileExists(t, filepath.Join("..", "..", folder, "main.go"))
				continue
			}
			said, code := do(text)
			require.Zero(t, code, "%s\n%s", text, said)
			all.WriteString(said)
		}
		return all.String()
	}
	generate := func(count string) {
		said, code := do("resell key generate --count "+count+" -o name", "RESELL_STATE_DIR="+t.TempDir())
		require.Zero(t, code, said)
	}
	generate("3")
	require.Contains(t, run(), ": 3 rows, ")
	for _, folder := range job.keeps {
		require.DirExists(t, filepath.Join(work, folder))
	}
	// The folders that are kept are all that the next run needs.
	generate("2")
	require.NoError(t, os.RemoveAll(filepath.Join(work, "out")))
	require.Contains(t, run(), ": 2 rows, ")
	if job.env["DELIVER"] != "" {
		taken, err := os.ReadDir(filepath.Join(work, "taken"))
		require.NoError(t, err)
		require.NotEmpty(t, taken)
	}
	// A server that is away ends the job with 6.
	server.Gate.Set(clitest.Fault("down"))
	_, code := do(job.steps[len(job.steps)-1], "WAIT=0s")
	require.Equal(t, 6, code)
}
