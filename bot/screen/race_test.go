//go:build race

package screen_test

// slow tells that the race detector looks on, and all takes ten times as long.
const slow = true
