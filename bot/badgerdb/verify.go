package badgerdb

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/table"

	"wheretoturn/bot/store"
)

// verify reads all tables and returns ErrCorrupt if one is damaged or missing.
// It takes about a second for 1 GB, and changes nothing but for logs of no bytes.
func verify(dir string) error {
	if err := sweep(dir); err != nil {
		return err
	}
	tables, err := listed(dir)
	if err != nil {
		return err
	}
	for id := range tables {
		if err := intact(table.NewFilename(id, dir), id); err != nil {
			return fmt.Errorf("%w: table %d: %w", store.ErrCorrupt, id, err)
		}
	}
	return nil
}

// sweep removes logs of no bytes, which a process leaves that is killed while
// it makes or removes one. Badger refuses to open beside them (badger#2207).
func sweep(dir string) error {
	for _, name := range files(dir, "*.mem", "*.vlog") {
		info, err := os.Stat(name)
		if err == nil && info.Size() == 0 {
			err = os.Remove(name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// listed returns the tables that the MANIFEST lists. Badger removes all others,
// so an empty list beside tables is damage, unless a log still holds their rows,
// as it does if the process was killed while it wrote the first table.
func listed(dir string) (map[uint64]badger.TableManifest, error) {
	tables, logs := files(dir, "*.sst"), files(dir, "*.mem")
	f, err := os.Open(filepath.Join(dir, badger.ManifestFilename))
	if os.IsNotExist(err) && len(tables)+len(logs) == 0 {
		return nil, nil // a new store
	}
	if os.IsNotExist(err) {
		return nil, fmt.Errorf("%w: no %s", store.ErrCorrupt, badger.ManifestFilename)
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	manifest, _, err := badger.ReplayManifestFile(f, 0, badger.DefaultOptions(dir).WithLogger(nil))
	if err == nil && len(manifest.Tables) == 0 && len(tables) > 0 && len(logs) == 0 {
		err = errors.New("lists no tables")
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", store.ErrCorrupt, badger.ManifestFilename, err)
	}
	return manifest.Tables, nil
}

// intact verifies the checksums of one table, in our own goroutine: Badger opens
// tables in others, where nobody catches the panic that damage may end in.
func intact(name string, id uint64) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("damaged: %.100v", p)
		}
	}()
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	t, err := table.OpenInMemoryTable(data, id, &table.Options{})
	if err != nil {
		return err
	}
	return t.VerifyChecksum()
}

func files(dir string, patterns ...string) []string {
	var names []string
	for _, pattern := range patterns {
		found, _ := filepath.Glob(filepath.Join(dir, pattern)) // the pattern is well formed
		names = append(names, found...)
	}
	return names
}
