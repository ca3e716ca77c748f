package book

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"strings"
)

// Hash returns the SHA-256 of everything that Load reads, in hexadecimal: of
// each file's name and content, in the order of their names. It says which
// content somebody has read and signed.
func (s Source) Hash() (string, error) {
	sum := sha256.New()
	for _, part := range []struct {
		name string
		fs   fs.FS
	}{{"flows/", s.Flows}, {"locales/", s.Locales}} {
		err := fs.WalkDir(part.fs, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !(strings.HasSuffix(path, ".yaml") || strings.HasSuffix(path, ".toml")) {
				return err
			}
			data, err := fs.ReadFile(part.fs, path)
			if err != nil {
				return err
			}
			one := sha256.Sum256(data)
			sum.Write([]byte(part.name + path + "\x00"))
			sum.Write(one[:])
			return nil
		})
		if err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
