//go:build linux || darwin

package badgerdb

import (
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"

	"wheretoturn/bot/store"
)

// lockDir takes the lock that Badger takes itself, but before the directory is
// looked at. It ends with the process at the latest.
func lockDir(dir string) (io.Closer, error) {
	d, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(d.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == nil {
		return dirLock{d}, nil
	}
	d.Close()
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, store.ErrLocked
	}
	return nil, fmt.Errorf("lock: %w", err)
}

const ownLock = true

type dirLock struct{ dir *os.File }

// Close unlocks first: closing alone would leave the lock to a child process
// that is just being started.
func (l dirLock) Close() error {
	return errors.Join(syscall.Flock(int(l.dir.Fd()), syscall.LOCK_UN), l.dir.Close())
}

// freeBytes is what a process without privileges may still write.
func freeBytes(dir string) (uint64, error) {
	var fs syscall.Statfs_t
	if err := syscall.Statfs(dir, &fs); err != nil {
		return 0, err
	}
	return fs.Bavail * uint64(fs.Bsize), nil
}
