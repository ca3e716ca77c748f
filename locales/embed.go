// Package locales carries every sentence of the bot inside the binary, one
// TOML file a theme and language. It holds no logic.
package locales

import "embed"

// FS is this folder.
//
//go:embed *.toml
var FS embed.FS
