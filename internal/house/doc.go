// Package house holds the shape of the module: its tests ask the go command what
// every package imports and what every binary links, and compare that with the
// arrows, the library owners and the link limits written down here. The depguard
// rules of .golangci.yaml say the same to the editor; this says it to go test.
package house
