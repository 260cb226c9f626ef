package main

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"
)

// cost is what something took.
type cost struct {
	wall, cpu time.Duration
	memory    int64 // most bytes resident at once; 0 where unknown
}

// times makes a cost n times as long, for work of which only a part was done.
func (c cost) times(n float64) cost {
	c.wall = time.Duration(float64(c.wall) * n)
	c.cpu = time.Duration(float64(c.cpu) * n)
	return c
}

// racer is one side of a pair.
type racer struct {
	name string
	// before prepares a run, and is not counted. It may be nil.
	before func(context.Context) error
	run    func(context.Context) (cost, error)
	scale  float64 // how many times the work that run does is the work; 0 is 1
}

// side is what a racer's runs took, and what they cost the server meanwhile.
type side struct {
	name         string
	runs, server []cost
}

// race runs two racers in turns, runs times after one that does not count.
func (b *bench) race(ctx context.Context, runs int, ours, other racer) (side, side, error) {
	left, right := side{name: ours.name}, side{name: other.name}
	for n := range runs + 1 {
		for _, turn := range []struct {
			racer racer
			side  *side
		}{{ours, &left}, {other, &right}} {
			client, server, err := b.turn(ctx, turn.racer)
			if err != nil {
				return left, right, fmt.Errorf("%s: %w", turn.racer.name, err)
			}
			if n > 0 {
				turn.side.runs = append(turn.side.runs, client)
				turn.side.server = append(turn.side.server, server)
			}
		}
	}
	return left, right, nil
}

func (b *bench) turn(ctx context.Context, r racer) (client, server cost, err error) {
	if r.before != nil {
		if err := r.before(ctx); err != nil {
			return client, server, err
		}
	}
	pid := b.server.cmd.Process.Pid
	resetPeak(pid)
	before := usageOf(pid)
	if client, err = r.run(ctx); err != nil {
		return client, server, err
	}
	server = usageOf(pid)
	server.cpu -= before.cpu
	if r.scale > 0 {
		client, server = client.times(r.scale), server.times(r.scale)
	}
	return client, server, nil
}

// ratios are ours over the other's, pair by pair.
func ratios(ours, other side) []float64 {
	all := make([]float64, len(ours.runs))
	for i := range all {
		all[i] = ours.runs[i].wall.Seconds() / other.runs[i].wall.Seconds()
	}
	return all
}

// middle is the cost of the run in the middle, each part by itself.
func middle(runs []cost) cost {
	return cost{
		wall:   medianOf(runs, func(c cost) time.Duration { return c.wall }),
		cpu:    medianOf(runs, func(c cost) time.Duration { return c.cpu }),
		memory: medianOf(runs, func(c cost) int64 { return c.memory }),
	}
}

func medianOf[T ~int64](runs []cost, part func(cost) T) T {
	all := make([]T, len(runs))
	for i, c := range runs {
		all[i] = part(c)
	}
	slices.Sort(all)
	return all[len(all)/2]
}

func median(all []float64) float64 {
	if len(all) == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(all))
	return sorted[len(sorted)/2]
}
