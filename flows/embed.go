// Package flows carries the books of questions and places inside the binary:
// main.yaml and topics/ (statecharts), places/ (country packs), transcripts/.
// It holds no logic; README.md in this folder tells editors what is where.
package flows

import "embed"

// FS is this folder.
//
//go:embed main.yaml topics places transcripts
var FS embed.FS
