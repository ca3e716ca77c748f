package bot

import (
	"errors"
	"fmt"
)

// Kind sorts errors by what the caller can do about them.
type Kind int

// The kinds. An error of no kind counts as Internal.
const (
	Internal Kind = iota
	Invalid
	NotFound
	Conflict
	Denied
	Unavailable
)

// Error is an error with its kind, the operation that met it, and the key of
// the sentence a user may see. The cause goes to the log only.
type Error struct {
	Kind  Kind
	Op    string // "room: do the thing"
	Key   string // message key; "" when no user sees it
	Cause error
}

// Error returns operation and cause, for logs.
func (e *Error) Error() string {
	if e.Cause == nil {
		return e.Op
	}
	return fmt.Sprintf("%s: %v", e.Op, e.Cause)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// KindOf returns the kind of the outermost *Error in err's chain, or Internal.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}
