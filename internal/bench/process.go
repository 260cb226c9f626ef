package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// watchEvery is how often a child's memory is looked at.
const watchEvery = 5 * time.Millisecond

// spawn runs a program with the clients' environment, its output in a file ("" is
// none), and tells what it took.
func (b *bench) spawn(ctx context.Context, output, program string, args ...string) (cost, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = b.server.environment(b.dir)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if output != "" {
		file, err := os.Create(output)
		if err != nil {
			return cost{}, fmt.Errorf("run %s: %w", program, err)
		}
		defer func() { _ = file.Close() }() // what is in it is not read
		cmd.Stdout = file
	}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return cost{}, fmt.Errorf("run %s: %w", program, err)
	}
	ended, peak := make(chan struct{}), make(chan int64)
	go func() { peak <- watchPeak(cmd.Process.Pid, ended) }()
	err := cmd.Wait()
	took := cost{wall: time.Since(began)}
	close(ended)
	took.memory = <-peak
	if err != nil {
		return took, fmt.Errorf("%s %v: %w\n%s", filepath.Base(program), args, err, &stderr)
	}
	took.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	return took, nil
}

// watchPeak reads the peak of a child's memory until it ends. The peak that rusage
// tells of is no use: on Linux it begins with that of the process that forked.
func watchPeak(pid int, ended <-chan struct{}) int64 {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	peak := int64(0)
	for {
		select {
		case <-ended:
			return peak
		case <-tick.C:
			peak = max(peak, usageOf(pid).memory)
		}
	}
}

// resell runs our client.
func (b *bench) resell(ctx context.Context, output string, args ...string) (cost, error) {
	return b.spawn(ctx, output, b.path("resell"), args...)
}

// curl runs curl with the token; args say what to get.
func (b *bench) curl(ctx context.Context, args ...string) (cost, error) {
	return b.spawn(ctx, "", "curl", append([]string{"-sS", "--fail", "-H", "Authorization: Bearer " + b.server.token}, args...)...)
}

// ask runs our client and reads what it answers. It is for what is not measured.
func (b *bench) ask(ctx context.Context, args ...string) (string, error) {
	out := b.path("answer")
	if _, err := b.resell(ctx, out, args...); err != nil {
		return "", err
	}
	text, err := os.ReadFile(out)
	return string(bytes.TrimSpace(text)), err
}

// forget removes a file before it is written again, so that no run pays for the one
// before.
func forget(path string) func(context.Context) error {
	return func(context.Context) error { return os.RemoveAll(path) }
}
