package seal

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// LoadKey reads a master key: 64 hexadecimal digits in a file that only its
// owner can read. Where there is none it makes one and made is true: the caller
// tells the operator to keep a copy apart from the data.
func LoadKey(path string) (key []byte, made bool, err error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		key, err = makeKey(path)
		return key, err == nil, err
	}
	if err != nil {
		return nil, false, fmt.Errorf("key file: %w", err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, false, fmt.Errorf("key file: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, false, fmt.Errorf("key file %s can be read by others (%v); chmod 600 it", path, info.Mode().Perm())
	}
	key, err = ParseKey(string(data))
	return key, false, err
}

// ParseKey reads 64 hexadecimal digits.
func ParseKey(s string) ([]byte, error) {
	key, err := hex.DecodeString(strings.TrimSpace(s))
	if err != nil || len(key) != KeySize {
		return nil, fmt.Errorf("a key is %d hexadecimal digits", 2*KeySize)
	}
	return key, nil
}

func makeKey(path string) ([]byte, error) {
	key := make([]byte, KeySize)
	Random(key)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("key file: %w", err)
	}
	if _, err = f.WriteString(hex.EncodeToString(key) + "\n"); err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return nil, fmt.Errorf("key file: %w", err)
	}
	return key, nil
}
