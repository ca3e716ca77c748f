// Package proof proves the books: that every path leads to help, that every
// sentence exists and is said in the right form, that every fact in a pack has
// the shape it must have.
//
// Walk goes every way through the flow for every audience, country and
// language; Check adds what can be seen without walking. Both return findings
// with file and line. Nothing here runs while people use the bot.
//
// Start reading at Check, then Walk.
package proof
