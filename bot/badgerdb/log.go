package badgerdb

import (
	"fmt"
	"log/slog"
	"strings"
)

// logger passes on what Badger warns of. What it does all day is left out: it
// fills logs, and it names the prefixes that are erased.
type logger struct{ to *slog.Logger }

func (l logger) Errorf(format string, args ...any) {
	l.to.Error("badger", "text", line(format, args))
}

func (l logger) Warningf(format string, args ...any) {
	l.to.Warn("badger", "text", line(format, args))
}

func (logger) Infof(string, ...any)  {}
func (logger) Debugf(string, ...any) {}

func line(format string, args []any) string {
	return strings.Join(strings.Fields(fmt.Sprintf(format, args...)), " ")
}
