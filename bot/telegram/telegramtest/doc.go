// Package telegramtest is a fake Telegram: the Bot API on the loopback and the
// people who talk to the bot. It plays the methods a helpline bot needs as the
// real server plays them, refuses what the real one refuses, and lets a test
// decide what goes wrong: lost answers, 429, 502 pages, repeated updates.
//
// It is stricter than Telegram in one way: a call with a parameter Telegram
// does not know, or a text whose link Telegram would silently drop, is noted as
// a violation. A correct bot has none, whatever the weather.
//
// It never calls anything but the loopback, and nothing outside of tests and
// the crash and bench commands may import it.
//
// Start reading at Start, then call.go (the way of a call), user.go (people),
// poll.go and post.go (the two ways of an update), fault.go (the weather).
package telegramtest
