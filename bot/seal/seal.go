// Package seal keeps what must not be read: addresses and free text are sealed
// before they reach a store, and found again by keyed look-ups.
//
// Everything derives from one master key that lies outside the data directory.
// The key for look-ups is apart from the key for sealing, so that changing the
// latter spares the former. Nothing here touches a store or a clock; random
// bytes come from the operating system.
//
// Start reading at Keys.
package seal

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"

	"golang.org/x/crypto/chacha20poly1305"
)

// KeySize is the length of a master key in bytes.
const KeySize = 32

// ErrOpen says that a box was sealed with another key, for another purpose, or
// was changed since.
var ErrOpen = errors.New("seal: cannot be opened")

// Keys are the working keys of one master key. Safe for concurrent use.
type Keys struct {
	box    []byte
	lookup []byte
}

// New derives the working keys from a master key of KeySize bytes.
func New(master []byte) (*Keys, error) {
	if len(master) != KeySize {
		return nil, fmt.Errorf("seal: a key has %d bytes, not %d", KeySize, len(master))
	}
	box, err := hkdf.Key(sha256.New, master, nil, "wheretoturn box v1", chacha20poly1305.KeySize)
	if err != nil {
		return nil, err
	}
	lookup, err := hkdf.Key(sha256.New, master, nil, "wheretoturn look-up v1", sha256.Size)
	if err != nil {
		return nil, err
	}
	return &Keys{box: box, lookup: lookup}, nil
}

// Seal encrypts plain for one purpose: what is sealed for a conversation's
// address cannot be passed off as another row's. The box is 40 bytes longer
// than plain (nonce and tag).
func (k *Keys) Seal(plain []byte, purpose string) []byte {
	aead, err := chacha20poly1305.NewX(k.box)
	if err != nil {
		panic(err) // the key has the right size by construction
	}
	nonce := make([]byte, aead.NonceSize(), aead.NonceSize()+len(plain)+aead.Overhead())
	Random(nonce)
	return aead.Seal(nonce, nonce, plain, []byte(purpose))
}

// Open reverses Seal; anything else gives ErrOpen.
func (k *Keys) Open(box []byte, purpose string) ([]byte, error) {
	aead, err := chacha20poly1305.NewX(k.box)
	if err != nil {
		panic(err)
	}
	if len(box) < aead.NonceSize() {
		return nil, ErrOpen
	}
	plain, err := aead.Open(nil, box[:aead.NonceSize()], box[aead.NonceSize():], []byte(purpose))
	if err != nil {
		return nil, ErrOpen
	}
	return plain, nil
}

// Lookup returns the name under which a row about something secret is found
// again: always the same for the same words, and nothing without the key.
// Parts are kept apart.
func (k *Keys) Lookup(parts ...string) string {
	m := hmac.New(sha256.New, k.lookup)
	for _, p := range parts {
		fmt.Fprintf(m, "%d:%s", len(p), p)
	}
	return encoding.EncodeToString(m.Sum(nil)[:20])
}

var encoding = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// ID returns a fresh id of 128 random bits, for conversations and tokens
// (SE06).
func ID() string {
	b := make([]byte, 16)
	Random(b)
	return encoding.EncodeToString(b)
}

// Random fills b from the operating system.
func Random(b []byte) {
	if _, err := rand.Read(b); err != nil {
		panic(err) // crypto/rand never fails on the systems Go supports
	}
}
