package badgerdb

import (
	"log/slog"
	"strings"
	"testing"
)

func TestOnlyWarningsAreLogged(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	l := logger{slog.New(slog.NewTextHandler(&out, nil))}
	l.Infof("DropPrefix called for %s", "c/1/")
	l.Debugf("key %s", "c/1/")
	l.Warningf("level %d\n is slow\n", 2)
	l.Errorf("table %d", 3)
	if got := out.String(); strings.Contains(got, "c/1/") || strings.Count(got, "\n") != 2 ||
		!strings.Contains(got, "level 2 is slow") || !strings.Contains(got, "table 3") {
		t.Errorf("log is %s", got)
	}
}
