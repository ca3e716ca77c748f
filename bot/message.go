package bot

import "unicode/utf8"

// Message is what a door shows: neutral blocks of finished sentences, and
// choices. Typography and ids are the door's.
type Message struct {
	Lang    Lang
	Bubbles []Bubble // at most two a turn (LN03)
	Choices []Choice // answers of the screen, at most six
	Nav     []Choice // danger, back, skip, … beside them
}

// Limits of a screen (LN03), in characters and pieces.
const (
	MaxQuestion = 350 // a question's bubble
	MaxBubble   = 900 // any other bubble
	MaxBubbles  = 2   // a turn
	MaxChoices  = 6   // beside the navigation
	MaxLabel    = 40  // a button
)

// Bubble is one message on the screen.
type Bubble struct{ Blocks []Block }

// Size is the bubble's length in characters as a door sets it, markup apart.
func (b Bubble) Size() int {
	n := 0
	for _, block := range b.Blocks {
		n += utf8.RuneCountInString(block.Text) + 1
		for _, l := range block.Lines {
			n += utf8.RuneCountInString(l.Label) + utf8.RuneCountInString(l.Text) + utf8.RuneCountInString(l.Facts) + 6
		}
	}
	return n
}

// BlockKind says how a block is set.
type BlockKind int

// The kinds of block.
const (
	BlockText    BlockKind = iota // a paragraph
	BlockTitle                    // a heading
	BlockStep                     // a numbered step; Number is set
	BlockPlace                    // a place: Text is its name, Lines follow
	BlockQuote                    // a sentence to read out
	BlockContact                  // one line: who, number, state
)

// Block is one part of a bubble. Texts are plain; a door escapes them.
type Block struct {
	Kind   BlockKind
	Number int
	Text   string
	Lines  []Line
}

// Line is a line under a place. Dial is set when Text is a number to dial,
// URL when it is an address to open, Mail when it is an e-mail address.
type Line struct {
	Label, Text, Dial, URL, Mail string
	// Facts are true of the address at this minute: "open now · free".
	Facts string
}

// Choice is a button: Code goes into Press.Code, Label is shown.
type Choice struct {
	Code, Label string
}

// Codes of choices beside the answers of a state. Commands typed by users use
// the same words.
const (
	CmdDanger   = "/danger"
	CmdLeave    = "/leave" // out of the danger card, back to where one was
	CmdBack     = "/back"
	CmdSkip     = "/skip"
	CmdRestart  = "/start"
	CmdWhy      = "/why"
	CmdLanguage = "/language" // with " cs" to choose at once
	CmdCountry  = "/country"  // with " CZ" to choose at once
	CmdHelp     = "/help"
	CmdPerson   = "/person"
	CmdErase    = "/erase"
	CmdPrivacy  = "/privacy"
	CmdExport   = "/export"
	CmdAbout    = "/about"
	CmdHide     = "/hide"  // take the chat off the screen
	CmdMedia    = "/media" // a picture, a voice message: what we do not take
)

// ActionPrefix marks a choice that opens a view of a result: "*silent",
// "*call:linka-bezpeci". Anything without "/" or "*" is an answer.
const ActionPrefix = "*"
