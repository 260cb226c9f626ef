package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

//go:embed catalog.yaml
var catalog []byte

// server is a reselld on loopback, as a vendor would run it, but for the rate limit.
type server struct {
	cmd   *exec.Cmd
	db    string
	host  string
	token string
	log   *os.File
}

func startServer(ctx context.Context, dir string) (*server, error) {
	s := &server{db: filepath.Join(dir, "resell.db")}
	if err := s.bootstrap(ctx, dir); err != nil {
		return nil, err
	}
	var err error
	if s.log, err = os.Create(filepath.Join(dir, "reselld.log")); err != nil {
		return nil, fmt.Errorf("start reselld: %w", err)
	}
	// It is stopped by hand, so that an interrupt does not leave it half measured.
	s.cmd = exec.CommandContext(context.WithoutCancel(ctx), filepath.Join(dir, "reselld"), "serve", "--db", s.db,
		"--listen", "127.0.0.1:0", "--rate-limit", "0", "--mail-dir", filepath.Join(dir, "mail"))
	s.cmd.Stderr = s.log
	if err := s.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start reselld: %w", err)
	}
	if s.host, err = s.address(ctx); err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

func (s *server) bootstrap(ctx context.Context, dir string) error {
	file := filepath.Join(dir, "catalog.yaml")
	if err := os.WriteFile(file, catalog, 0o600); err != nil {
		return fmt.Errorf("write the catalogue: %w", err)
	}
	cmd := exec.CommandContext(ctx, filepath.Join(dir, "reselld"), "bootstrap", "--db", s.db, "--catalog", file, "--token", "bench")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("reselld bootstrap: %w\n%s", err, &stderr)
	}
	_, s.token, _ = strings.Cut(strings.TrimSpace(string(out)), "\t")
	return nil
}

// address waits for the line of the log that tells where the server listens.
func (s *server) address(ctx context.Context) (string, error) {
	const patience = 30 * time.Second
	for began := time.Now(); time.Since(began) < patience && ctx.Err() == nil; time.Sleep(10 * time.Millisecond) {
		text, err := os.ReadFile(s.log.Name())
		if err != nil {
			return "", fmt.Errorf("read the log of reselld: %w", err)
		}
		for line := range bytes.Lines(text) {
			var entry struct{ Msg, Address string }
			if json.Unmarshal(line, &entry) == nil && entry.Msg == "listening" {
				return "http://" + entry.Address, nil
			}
		}
	}
	return "", errors.Join(fmt.Errorf("reselld did not start; see %s", s.log.Name()), ctx.Err())
}

func (s *server) stop() {
	_ = s.cmd.Process.Signal(os.Interrupt) // where it has ended already, Wait tells
	_ = s.cmd.Wait()
	_ = s.log.Close()
}

// url is a path of the API.
func (s *server) url(path string) string { return s.host + path }

// environment is that of the clients: only what they are told.
func (s *server) environment(dir string) []string {
	return []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "RESELL_HOST=" + s.host, "RESELL_TOKEN=" + s.token,
		"RESELL_CONFIG_DIR=" + filepath.Join(dir, "config"), "RESELL_STATE_DIR=" + filepath.Join(dir, "state"),
	}
}
