package seal_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"wheretoturn/bot/seal"
)

func keys(t *testing.T, fill byte) *seal.Keys {
	t.Helper()
	k, err := seal.New(bytes.Repeat([]byte{fill}, seal.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestASealedBoxOpensOnlyForItsPurposeAndKey(t *testing.T) {
	t.Parallel()
	k := keys(t, 1)
	box := k.Seal([]byte("12345"), "address/a")
	if bytes.Contains(box, []byte("12345")) {
		t.Error("the box shows what is in it")
	}
	if got, err := k.Open(box, "address/a"); err != nil || string(got) != "12345" {
		t.Errorf("Open = %q, %v", got, err)
	}
	for name, open := range map[string]func() ([]byte, error){
		"another purpose": func() ([]byte, error) { return k.Open(box, "address/b") },
		"another key":     func() ([]byte, error) { return keys(t, 2).Open(box, "address/a") },
		"a changed byte":  func() ([]byte, error) { b := bytes.Clone(box); b[len(b)-1] ^= 1; return k.Open(b, "address/a") },
		"a short box":     func() ([]byte, error) { return k.Open(box[:10], "address/a") },
		"nothing":         func() ([]byte, error) { return k.Open(nil, "address/a") },
	} {
		if _, err := open(); !errors.Is(err, seal.ErrOpen) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if bytes.Equal(box, k.Seal([]byte("12345"), "address/a")) {
		t.Error("the same words give the same box")
	}
}

func TestLookupsAreStableAndKeepPartsApart(t *testing.T) {
	t.Parallel()
	k := keys(t, 1)
	if first, again := k.Lookup("telegram", "12"), k.Lookup("telegram", "12"); first != again {
		t.Error("a look-up changes")
	}
	if k.Lookup("telegram", "12") == k.Lookup("telegram1", "2") || k.Lookup("a") == keys(t, 2).Lookup("a") {
		t.Error("look-ups collide")
	}
}

func TestTheKeyFileIsMadeOnceAndMustBePrivate(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "data.key")
	key, made, err := seal.LoadKey(path)
	if err != nil || !made {
		t.Fatal(made, err)
	}
	again, made, err := seal.LoadKey(path)
	if err != nil || made || !bytes.Equal(key, again) {
		t.Fatal("the key is not kept", made, err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, err := seal.LoadKey(path); err == nil {
		t.Error("a key that others can read is taken")
	}
	if err := os.WriteFile(path, []byte("short"), 0o600); err != nil || os.Chmod(path, 0o600) != nil {
		t.Fatal(err)
	}
	if _, _, err := seal.LoadKey(path); err == nil {
		t.Error("a short key is taken")
	}
	if _, _, err := seal.LoadKey(filepath.Join(path, "no", "such")); err == nil {
		t.Error("a path that cannot be is taken")
	}
}

func TestIDsDoNotRepeat(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 1000 {
		id := seal.ID()
		if seen[id] || len(id) != 26 {
			t.Fatal(id)
		}
		seen[id] = true
	}
}
