package bot_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"wheretoturn/bot"
)

func TestKindOfAnError(t *testing.T) {
	t.Parallel()
	denied := &bot.Error{Kind: bot.Denied, Op: "desk: claim case", Cause: io.EOF}
	tests := []struct {
		name string
		err  error
		want bot.Kind
	}{
		{"its own", denied, bot.Denied},
		{"that of the one it wraps", fmt.Errorf("engine: step: %w", denied), bot.Denied},
		{"that of the outermost", &bot.Error{Kind: bot.Unavailable, Op: "engine: step", Cause: denied}, bot.Unavailable},
		{"that of one among several", errors.Join(io.EOF, denied), bot.Denied},
		{"internal when it says none", &bot.Error{Op: "x"}, bot.Internal},
		{"internal when it is not ours", io.EOF, bot.Internal},
		{"internal when there is none", nil, bot.Internal},
	}
	for _, tt := range tests {
		if got := bot.KindOf(tt.err); got != tt.want {
			t.Errorf("the kind is %s: got %d, want %d", tt.name, got, tt.want)
		}
	}
}

func TestAnErrorTellsOperationAndCause(t *testing.T) {
	t.Parallel()
	err := error(&bot.Error{Kind: bot.NotFound, Op: "store: read session", Key: "talk.trouble", Cause: io.EOF})
	if got := err.Error(); got != "store: read session: EOF" {
		t.Errorf("Error() = %q", got)
	}
	if !errors.Is(err, io.EOF) {
		t.Error("the cause is not found")
	}
	bare := &bot.Error{Op: "store: read session"}
	if got := bare.Error(); got != "store: read session" || errors.Unwrap(bare) != nil {
		t.Errorf("without a cause: %q, %v", got, errors.Unwrap(bare))
	}
}

func TestAFindingTellsWhereItIs(t *testing.T) {
	t.Parallel()
	f := bot.Finding{File: "flows/main.yaml", Line: 7, Code: "no-skip", Message: "question cannot be skipped"}
	if got := f.String(); got != "flows/main.yaml:7: error: question cannot be skipped [no-skip]" {
		t.Error(got)
	}
	f.Warning = true
	if got := f.String(); got != "flows/main.yaml:7: warning: question cannot be skipped [no-skip]" {
		t.Error(got)
	}
}
