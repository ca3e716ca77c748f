package badgerdb_test

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"wheretoturn/bot/badgerdb"
	"wheretoturn/bot/store"
)

var kills = flag.Int("kills", 5, "how often TestKillingLosesNothing kills a writer")

// scribbleIn names the directory in which the test binary writes until killed.
const scribbleIn = "BADGERDB_TEST_SCRIBBLE_IN"

func TestMain(m *testing.M) {
	if dir := os.Getenv(scribbleIn); dir != "" {
		scribble(dir)
	}
	os.Exit(m.Run())
}

func TestKillingLosesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	done := map[string]int{} // by writer: the highest row that was acknowledged
	for kill := range *kills {
		acknowledged(t, dir, time.Duration(50+kill*37%200)*time.Millisecond, done)
		s := open(t, dir, badgerdb.Options{})
		for writer, last := range done {
			checkWritten(t, s, writer, last)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if t.Failed() {
			t.Fatalf("after kill %d", kill+1)
		}
	}
	t.Logf("acknowledged: %v", done)
}

// acknowledged lets another process write, kills it and notes what it said was
// done.
func acknowledged(t *testing.T, dir string, after time.Duration, done map[string]int) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), scribbleIn+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	var once sync.Once
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		once.Do(func() { time.AfterFunc(after, func() { cmd.Process.Kill() }) })
		writer, n, _ := strings.Cut(lines.Text(), " ")
		last, err := strconv.Atoi(n)
		if err != nil {
			t.Fatal(err)
		}
		done[writer] = max(done[writer], last)
	}
	if err := cmd.Wait(); err == nil || !strings.Contains(err.Error(), "killed") {
		t.Fatalf("the writer ended by itself: %v", err)
	}
}

// checkWritten expects the last rows of a writer, and what it dropped to be gone.
func checkWritten(t *testing.T, s store.Store, writer string, last int) {
	t.Helper()
	if writer == "dropper" {
		for _, key := range keys(t, s, "d/") {
			if n, err := strconv.Atoi(strings.TrimPrefix(key, "d/")); err != nil || n <= last {
				t.Errorf("row %s was dropped and is back", key)
			}
		}
		return
	}
	for n := max(0, last-500); n <= last; n++ {
		want(t, s, row(writer, n), long3k(n))
	}
}

// scribble writes with several goroutines and prints what is done.
func scribble(dir string) {
	s, err := badgerdb.Open(dir, badgerdb.Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
	for i := range 8 {
		go each(fmt.Sprint("writer", i), 0, func(name string, n int) error {
			return s.Update(context.Background(), nil, func(tx store.Tx) error {
				if _, err := tx.Get(row(name, n)); err == nil {
					return nil // written before the last kill
				}
				tx.Put(row(name, n), []byte(long3k(n)))
				return nil
			})
		})
	}
	go each("dropper", int(time.Now().UnixNano()), func(_ string, n int) error {
		time.Sleep(40 * time.Millisecond) // the writers should come to write
		err := s.Update(context.Background(), nil, func(tx store.Tx) error { tx.Put(fmt.Sprint("d/", n), nil); return nil })
		if err == nil {
			err = s.Drop(context.Background(), []string{"d/"})
		}
		return err
	})
	select {}
}

// each calls fn with one number after another and prints who has done which.
func each(name string, from int, fn func(name string, n int) error) {
	for n := from; ; n++ {
		if err := fn(name, n); err != nil {
			fmt.Fprintln(os.Stderr, name, err)
			os.Exit(3)
		}
		fmt.Printf("%s %d\n", name, n)
	}
}

func row(writer string, n int) string { return fmt.Sprintf("w/%s/%06d", writer, n) }

func long3k(n int) string { return strings.Repeat(fmt.Sprintf("%06d ", n), 3000/7) }
