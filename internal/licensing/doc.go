// Package licensing holds the rules of the trade: terms and their dates, prices,
// license states, codes, and the coded errors that every refusal carries.
//
// It is pure. It reads no clock, touches no disk and no network; what it needs,
// the current date among it, is passed in.
package licensing
