package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// report is the table, and what there is to say below it.
type report struct {
	rows  []string
	notes []string
}

// pair adds a row. Goal is the most that ours may take of what the other takes; 0 is
// no goal.
func (r *report) pair(what string, goal float64, ours, other side) {
	all := ratios(ours, other)
	wanted, met := "–", "–"
	if goal > 0 {
		wanted, met = fmt.Sprintf("≤ %.2f×", goal), verdict(median(all) <= goal)
	}
	r.row(what, describe(ours), describe(other),
		fmt.Sprintf("%.2f×\t[%.2f–%.2f]", median(all), slices.Min(all), slices.Max(all)), wanted, met)
}

// served adds a row of what a pair cost the server.
func (r *report) served(ours, other side) {
	r.row("  reselld meanwhile", describe(side{"", ours.server, nil}), describe(side{"", other.server, nil}), "\t", "", "")
}

// memory adds a row of a side's memory against the most it may have, in MiB.
func (r *report) memory(what string, goal int64, of side) {
	peak := middle(of.runs).memory
	met := "unknown"
	if peak > 0 {
		met = verdict(peak <= goal<<20)
	}
	r.row(what, of.name+"\t\t\t"+mebibytes(peak), "\t\t\t", "\t", fmt.Sprintf("≤ %d MiB", goal), met)
}

func (r *report) missing(what, program string) {
	r.row(what, "\t\t\t", program+" is not installed\t\t\t", "\t", "", "not measured")
}

func (r *report) row(what, ours, other, ratio, goal, met string) {
	r.rows = append(r.rows, strings.Join([]string{what, ours, other, ratio, goal, met}, "\t"))
}

func (r *report) note(format string, args ...any) {
	r.notes = append(r.notes, fmt.Sprintf(format, args...))
}

func verdict(met bool) string {
	if met {
		return "yes"
	}
	return "NO"
}

func describe(s side) string {
	c := middle(s.runs)
	return fmt.Sprintf("%s\t%.4g\t%.3g\t%s", s.name, c.wall.Seconds(), c.cpu.Seconds(), mebibytes(c.memory))
}

func mebibytes(n int64) string {
	if n == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f", float64(n)/(1<<20))
}

func (r *report) print(to io.Writer) error {
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "WHAT\tOURS\tS\tCPU S\tMIB\tOTHER\tS\tCPU S\tMIB\tRATIO\tMIN–MAX\tGOAL\tMET")
	for _, row := range r.rows {
		fmt.Fprintln(w, row)
	}
	fmt.Fprintln(w)
	for _, note := range r.notes {
		fmt.Fprintln(w, note)
	}
	return w.Flush()
}
