package telegramtest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// FileIDs are the ids of all files sent so far, to be looked for where they
// must not be (SG04).
func (s *Server) FileIDs() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.files)
}

// file makes a new file of a kind and writes the object that holds it.
func (s *Server) file(kind string, more map[string]any) map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.serial++
	id := fmt.Sprintf("AgACAgQAAxkB-%s-%d-file-id-canary", kind, s.serial)
	s.files = append(s.files, id)
	more["file_id"], more["file_unique_id"], more["file_size"] = id, fmt.Sprintf("AQAD-%s-%d-unique-canary", kind, s.serial), 4321
	return more
}

func raw(v any) json.RawMessage {
	data, _ := json.Marshal(v)
	return data
}

func (u *User) media(kind string, caption []string, wire wireMedia) int64 {
	return u.send(&message{Message: Message{Text: strings.Join(caption, " "), Media: kind}, wire: wire})
}

func (u *User) photo() json.RawMessage {
	small := u.s.file("photo", map[string]any{"width": 90, "height": 67})
	large := u.s.file("photo", map[string]any{"width": 1280, "height": 960})
	return raw([]any{small, large})
}

// SendPhoto sends a picture, with a caption or without.
func (u *User) SendPhoto(caption ...string) int64 {
	return u.media("photo", caption, wireMedia{Photo: u.photo()})
}

// Album sends n pictures at once: n messages with one media_group_id.
func (u *User) Album(n int) []int64 {
	u.s.mu.Lock()
	u.s.serial++
	group := fmt.Sprint(13_000_000_000_000_000 + u.s.serial)
	u.s.mu.Unlock()
	var ids []int64
	for range n {
		ids = append(ids, u.media("photo", nil, wireMedia{Photo: u.photo(), Album: group}))
	}
	return ids
}

// SendVideo sends a video.
func (u *User) SendVideo(caption ...string) int64 {
	f := u.s.file("video", map[string]any{"width": 640, "height": 480, "duration": 7, "mime_type": "video/mp4"})
	return u.media("video", caption, wireMedia{Video: raw(f)})
}

// SendVoice sends a voice message.
func (u *User) SendVoice(caption ...string) int64 {
	f := u.s.file("voice", map[string]any{"duration": 3, "mime_type": "audio/ogg"})
	return u.media("voice", caption, wireMedia{Voice: raw(f)})
}

// SendDocument sends a file.
func (u *User) SendDocument(caption ...string) int64 {
	f := u.s.file("document", map[string]any{"file_name": "chat-screenshots.zip", "mime_type": "application/zip"})
	return u.media("document", caption, wireMedia{Document: raw(f)})
}

// SendSticker sends a sticker.
func (u *User) SendSticker() int64 {
	f := u.s.file("sticker", map[string]any{
		"type": "regular", "width": 512, "height": 512, "is_animated": false, "is_video": false, "emoji": "😀", "set_name": "Faces",
	})
	return u.media("sticker", nil, wireMedia{Sticker: raw(f)})
}

// SendContact sends a card from the address book.
func (u *User) SendContact() int64 {
	return u.media("contact", nil, wireMedia{Contact: raw(map[string]any{
		"phone_number": "+420555010203", "first_name": "Contact-canary", "user_id": u.id,
	})})
}

// SendLocation sends a place on the map.
func (u *User) SendLocation() int64 {
	return u.media("location", nil, wireMedia{Location: raw(map[string]any{"latitude": 50.087465, "longitude": 14.421254})})
}
