// Package realtest holds the tests that run resell and reselld as people do: the
// built programs as processes, on real databases, keyrings, terminals and mail
// servers, which are stopped, killed, cut off and filled up. It has no code of its own.
package realtest
