package telegramtest

import (
	"math/rand/v2"
	"slices"
	"time"
)

// Fault is what goes wrong with a call.
type Fault int

// The faults. Internal and the two drops are told apart by the bot only in
// part: that is the point.
const (
	NoFault    Fault = iota
	TooMany          // 429 with retry_after; not acted, and the chat is closed until it is over
	Internal         // 500, not acted
	BadGateway       // 502 with a page of HTML, not acted
	DropBefore       // the connection closes, not acted
	DropAfter        // acted, then the connection closes without an answer
	Delay            // acted and answered, but late
)

func (f Fault) String() string {
	return [...]string{"", "429", "500", "502", "drop before", "drop after", "delay"}[f]
}

// Repeat is how updates come more than once.
type Repeat int

const (
	Once     Repeat = iota
	Twice           // each update comes twice in a row
	AfterAck        // each update comes once more after it was acknowledged
)

// Faults is the weather. The same seed brings the same faults to the same
// calls: what happens to the n-th call of a method to a chat does not depend
// on what other chats do meanwhile.
type Faults struct {
	Rate     float64  // the share of calls that goes wrong, 0 to 1
	Kinds    []Fault  // what goes wrong, each as often; nil means all
	Methods  []string // which calls; nil means those that name a chat, "*" means all
	Seed     uint64
	RetryMax int           // retry_after is 1 to this, in seconds; 3 if 0
	Delay    time.Duration // of the Delay fault; 50 ms if 0
	Blocked  []int64       // chats that answer 403 to everything

	RepeatUpdates     Repeat
	DelayUpdates      time.Duration // each update is held back for so long
	LoseWebhookAnswer float64       // the share of updates whose first 2xx is lost, so that they are posted again
}

// SetFaults changes the weather; retry_after periods that run go on.
func (s *Server) SetFaults(f Faults) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.weather.Faults = f
}

type weather struct {
	Faults
	rolls map[roll]uint64    // how many calls there were
	until map[roll]time.Time // the retry_after of a chat, or of a method that names none
}

type roll struct {
	method string
	chat   int64
}

func newWeather(f Faults) weather {
	return weather{Faults: f, rolls: map[roll]uint64{}, until: map[roll]time.Time{}}
}

const badGatewayPage = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n" +
	"<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"

var allFaults = []Fault{TooMany, Internal, BadGateway, DropBefore, DropAfter, Delay}

// trouble decides what goes wrong with a call, and refuses it if its
// retry_after is not over or its chat is blocked.
func (s *Server) trouble(c *call) *refusal {
	s.mu.Lock()
	defer s.mu.Unlock()
	if left := s.weather.until[closedFor(c)].Sub(c.Time); left > 0 {
		c.Early = true
		return s.wait(c, left)
	}
	if c.Chat != 0 && slices.Contains(s.weather.Blocked, c.Chat) {
		return &refusal{code: 403, text: "Forbidden: bot was blocked by the user"}
	}
	if !s.weather.meets(c) {
		return nil
	}
	dice := s.weather.dice(roll{c.Method, c.Chat})
	if dice.Float64() >= s.weather.Rate {
		return nil
	}
	kinds := s.weather.Kinds
	if kinds == nil {
		kinds = allFaults
	}
	c.Fault = kinds[dice.IntN(len(kinds))]
	if c.Fault != TooMany {
		return nil
	}
	most := s.weather.RetryMax
	if most == 0 {
		most = 3
	}
	return s.wait(c, time.Duration(1+dice.IntN(most))*s.opt.Second)
}

func (w *weather) meets(c *call) bool {
	if w.Rate <= 0 {
		return false
	}
	if w.Methods == nil {
		return c.Chat != 0
	}
	return slices.Contains(w.Methods, c.Method) || slices.Contains(w.Methods, "*")
}

// dice are thrown anew for each call: they depend on the seed and on which
// call to the chat this is, on nothing else.
func (w *weather) dice(r roll) *rand.Rand {
	w.rolls[r]++
	h := w.Seed ^ uint64(r.chat)*0x9e3779b97f4a7c15
	for _, b := range []byte(r.method) {
		h = (h ^ uint64(b)) * 0x100000001b3
	}
	return rand.New(rand.NewPCG(h, w.rolls[r]))
}

func closedFor(c *call) roll {
	if c.Chat != 0 {
		return roll{"", c.Chat}
	}
	return roll{c.Method, 0}
}

// wait answers 429 and remembers until when the chat is closed. The bot's clock
// may be cut to milliseconds, so the start is too: obeying is never early.
func (s *Server) wait(c *call, d time.Duration) *refusal {
	seconds := int((d + s.opt.Second - 1) / s.opt.Second)
	key := closedFor(c)
	until := c.Time.Truncate(time.Millisecond).Add(time.Duration(seconds) * s.opt.Second)
	if !c.Early {
		s.weather.until[key] = until
	}
	return tooMany(seconds)
}

func (s *Server) delay() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.weather.Delay == 0 {
		return 50 * time.Millisecond
	}
	return s.weather.Delay
}
