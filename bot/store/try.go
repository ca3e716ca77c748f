package store

import (
	"fmt"
	"runtime/debug"
)

// PanicError is what a panic in the function of a View or Update turns into. A
// store that runs many functions in one goroutine cannot let one end them all.
type PanicError struct {
	Value any    // what was given to panic
	Stack []byte // where, as debug.Stack prints it
}

// Error names the value and leaves out the stack.
func (e *PanicError) Error() string { return fmt.Sprintf("%v: %v", ErrPanic, e.Value) }

// Unwrap returns ErrPanic.
func (e *PanicError) Unwrap() error { return ErrPanic }

// Try runs the function of an Update over the committed rows in base and returns
// what is to be committed. After an error, which may be a [*PanicError], there
// is nothing to commit.
//
// base is asked for valid keys and prefixes only, and for pages that exceed
// MaxPage by no more than the number of the function's own writes.
func Try(base Reader, fn func(Tx) error) (*Changes, error) {
	o := &overlay{base: base, Changes: newChanges()}
	if err := recovered(o, fn); err != nil {
		return nil, err
	}
	if o.err != nil {
		return nil, o.err
	}
	if weight := o.Weight(); weight > MaxWeight {
		return nil, fmt.Errorf("%w: transaction weighs %d", ErrInvalid, weight)
	}
	return &o.Changes, nil
}

// Look runs the function of a View over the committed rows in base.
func Look(base Reader, fn func(Reader) error) error {
	_, err := Try(base, func(tx Tx) error { return fn(tx) })
	return err
}

func recovered(tx Tx, fn func(Tx) error) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = &PanicError{Value: value, Stack: debug.Stack()}
		}
	}()
	return fn(tx)
}
