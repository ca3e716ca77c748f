// Package bot is the vocabulary of the house: the words every room shares.
//
// It holds codes (languages, countries, audiences, topics, roles), the records
// that cross rooms (Session, Event, Delivery), what a door shows (Message),
// findings of the checker and the kinds of error. It does no I/O, knows no
// clock and imports nothing of ours.
//
// Start reading at Session and Event: an Event changes a Session and leaves
// Deliveries behind; a door draws a Delivery as a Message.
package bot
