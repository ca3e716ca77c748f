package bot

import (
	"fmt"
	"strings"
)

type (
	// ConvID is an opaque id of a conversation; only a door builds or reads it.
	ConvID string
	// EventKey identifies an event at its door; a repeated one changes nothing.
	EventKey string
	// DoorName says which door an event came through: terminal, telegram, web.
	DoorName string
)

// SessionVersion is the layout of a saved Session. A reader of an older one
// keeps what it understands and restarts the flow where it does not.
const SessionVersion = 1

// Skipped is the code of a question that was skipped or answered "I don't
// know". Conditions see it as "none".
const Skipped Code = "skip"

// Asker is everything that words and places depend on. All fields may be
// empty: not known yet.
type Asker struct {
	Lang     Lang     `json:"lang,omitempty"`
	Country  Country  `json:"country,omitempty"`
	Audience Audience `json:"audience,omitempty"`
	Age      Age      `json:"age,omitempty"`
	Region   Region   `json:"region,omitempty"` // where they live, if they said so
}

// Answer is one answered question. It is saved as "state=code".
type Answer struct {
	State StateID
	Code  Code
}

// MarshalText writes "state=code".
func (a Answer) MarshalText() ([]byte, error) {
	return []byte(string(a.State) + "=" + string(a.Code)), nil
}

// UnmarshalText reads "state=code".
func (a *Answer) UnmarshalText(text []byte) error {
	state, code, ok := strings.Cut(string(text), "=")
	if !ok {
		return fmt.Errorf("bot: %d bytes are no answer", len(text))
	}
	a.State, a.Code = StateID(state), Code(code)
	return nil
}

// Spot is a place in the conversation: the state of the flow, the answers that
// led there, and which of the state's screens is shown.
type Spot struct {
	State   StateID  `json:"state,omitempty"`
	Answers []Answer `json:"answers,omitempty"`
	View    View     `json:"view,omitempty"`
	Under   View     `json:"under,omitempty"` // the view that View covers
	N       int      `json:"n,omitempty"`     // which step or page of the view
	Place   PlaceID  `json:"place,omitempty"` // the place the view is about
}

// Answer returns the code given in a state, or "" when it was not answered.
func (s Spot) Answer(id StateID) Code {
	for i := len(s.Answers) - 1; i >= 0; i-- {
		if s.Answers[i].State == id {
			return s.Answers[i].Code
		}
	}
	return ""
}

// View is a screen of a state beside its main one.
type View string

// The views. ViewMain is a question, a card or the steps of a result.
const (
	ViewMain     View = ""
	ViewPlaces   View = "places"   // where to turn, for those who got the steps one by one
	ViewCall     View = "call"     // what happens when I call, what to say first
	ViewSilent   View = "silent"   // ways in writing
	ViewNobody   View = "nobody"   // nobody answers
	ViewAfraid   View = "afraid"   // I'm afraid to call
	ViewMore     View = "more"     // all places, page by page
	ViewOptions  View = "options"  // the rest of the actions
	ViewWhy      View = "why"      // why these places
	ViewKeep     View = "keep"     // plain text to keep
	ViewBank     View = "bank"     // pick a bank after the result
	ViewRegion   View = "region"   // pick a region after the result
	ViewLanguage View = "language" // choose a language
	ViewCountry  View = "country"  // choose a country
	ViewHidden   View = "hidden"   // nothing of the conversation, and a way back
	ViewErase    View = "erase"    // erase everything? yes or no
)

// Covers tells whether the view lies over another screen, which comes back
// after it.
func (v View) Covers() bool {
	return v == ViewLanguage || v == ViewCountry || v == ViewErase || v == ViewHidden
}

// Session is one user's conversation: codes only, never words.
type Session struct {
	Version int `json:"v"`
	Asker
	Spot
	// Origin is the country before any question, so that back can undo the
	// country question.
	Origin Country `json:"origin,omitempty"`
	// Resume is where the danger button was pressed; nil outside the card.
	Resume *Resume `json:"resume,omitempty"`
	// Step counts screens, so that a button of an older one is recognised.
	Step int `json:"step,omitempty"`
	// Misses counts texts in a row that were not understood.
	Misses int `json:"misses,omitempty"`
	// Seen is a ring of the last event keys (dedupe).
	Seen Seen `json:"seen,omitempty"`
	// At is when the user last did something, in minutes since 1970.
	At int64 `json:"at,omitempty"`
	// Wipe asks the engine to hide or erase; never saved.
	Wipe Wipe `json:"-"`
	// Last is the outbox number of the last delivery.
	Last int64 `json:"last,omitempty"`
}

// Resume is a spot with the asker as they were there.
type Resume struct {
	Audience Audience `json:"audience,omitempty"`
	Age      Age      `json:"age,omitempty"`
	Spot     Spot     `json:"spot"`
}

// Clone returns a copy that shares no slice or pointer with s.
func (s Session) Clone() Session {
	s.Answers = append([]Answer(nil), s.Answers...)
	s.Seen = append(Seen(nil), s.Seen...)
	if s.Resume != nil {
		r := *s.Resume
		r.Spot.Answers = append([]Answer(nil), r.Spot.Answers...)
		s.Resume = &r
	}
	return s
}
