package main

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"time"
)

// tick is the unit of CPU time in /proc: the kernel's interface has 100 a second on
// every architecture that Go runs on.
const tick = 10 * time.Millisecond

// usageOf tells what a running process has used so far; nothing where it has ended.
func usageOf(pid int) cost {
	var used cost
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return used
	}
	if _, after, ok := bytes.Cut(status, []byte("VmHWM:")); ok {
		kilobytes, err := strconv.ParseInt(string(bytes.Fields(after)[0]), 10, 64)
		if err == nil {
			used.memory = kilobytes << 10
		}
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return used
	}
	// The name, in parentheses, may hold anything. User and system time are the
	// 14th and 15th field, so the 12th and 13th after it.
	fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
	for _, f := range fields[11:13] {
		ticks, err := strconv.ParseInt(string(f), 10, 64)
		if err == nil {
			used.cpu += time.Duration(ticks) * tick
		}
	}
	return used
}

// resetPeak makes a process's peak of memory begin anew.
func resetPeak(pid int) {
	// Where the kernel refuses, the peak is that of the server's whole life.
	_ = os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", pid), []byte("5"), 0)
}
