package telegramtest

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Call is a call of the bot, as it was answered.
type Call struct {
	Time        time.Time
	Method      string
	Params      map[string]string // objects and lists as JSON
	Chat        int64             // 0: the call names none
	Code        int               // the answer: 200, 400, …; 0: the connection was dropped
	Description string            // of a refusal
	Result      json.RawMessage   // what was acted, also when the answer was dropped
	Fault       Fault             // what was made to go wrong
	Early       bool              // its retry_after was not over
}

// call is a call under way.
type call struct {
	Call
	ctx        context.Context
	retryAfter int
}

func (c *call) str(name string) string { return c.Params[name] }

func (c *call) num(name string) int64 {
	n, _ := strconv.ParseInt(c.Params[name], 10, 64)
	return n
}

func (c *call) yes(name string) bool {
	switch strings.ToLower(c.Params[name]) {
	case "true", "1", "yes":
		return true
	}
	return false
}

// refusal is an answer other than ok.
type refusal struct {
	code       int
	text       string
	retryAfter int
	migrateTo  int64
	violation  bool // the bot did what no correct bot does
}

// bad refuses what may happen to a correct bot.
func bad(format string, args ...any) *refusal {
	return &refusal{code: 400, text: "Bad Request: " + fmt.Sprintf(format, args...)}
}

// wrong refuses what no correct bot does.
func wrong(format string, args ...any) *refusal {
	r := bad(format, args...)
	r.violation = true
	return r
}

// ServeHTTP is the Bot API.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !s.begin() {
		panic(http.ErrAbortHandler)
	}
	defer s.work.Done()
	c := &call{ctx: r.Context()}
	refused := s.route(r.URL.Path, c)
	params, err := readParams(r) // all of the body: only then does ctx tell that the caller has gone
	c.Params = params
	if refused == nil && err != nil {
		refused = wrong("%v", err)
	}
	c.Chat = c.num("chat_id")
	s.answer(w, c, refused)
}

// route finds the method in /bot<token>/<method>.
func (s *Server) route(path string, c *call) *refusal {
	rest, isBot := strings.CutPrefix(path, "/bot")
	token, method, _ := strings.Cut(rest, "/")
	c.Method = method
	switch {
	case !isBot:
		return &refusal{code: 404, text: "Not Found"}
	case token != s.token:
		return &refusal{code: 401, text: "Unauthorized"}
	}
	name, known := spec().name(method)
	if !known {
		return &refusal{code: 404, text: "Not Found", violation: true}
	}
	c.Method = name
	return nil
}

// answer lets the weather have its way, acts, logs and writes.
func (s *Server) answer(w http.ResponseWriter, c *call, refused *refusal) {
	c.Time = s.now()
	if refused == nil && !s.opt.Fast {
		refused = spec().check(c.Method, c.Params)
	}
	if refused == nil {
		refused = s.trouble(c)
	}
	if c.Fault == Delay {
		s.sleep(c.ctx, s.delay())
	}
	acts := refused == nil && c.Fault != DropBefore && c.Fault != Internal && c.Fault != BadGateway
	var result any
	if acts && c.Method == "getUpdates" {
		result, refused = s.getUpdates(c) // it waits, and so locks by itself
		acts = false
	}
	write(w, c, s.conclude(c, acts, result, refused))
}

// conclude acts and logs in one: whoever sees a message finds its call.
func (s *Server) conclude(c *call, acts bool, result any, refused *refusal) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	if acts {
		result, refused = s.play(c)
	}
	body := c.seal(result, refused)
	s.record(c, refused)
	return body
}

func (s *Server) play(c *call) (any, *refusal) {
	play, ok := plays[c.Method]
	if !ok {
		return nil, wrong("telegramtest does not play %s", c.Method)
	}
	if refused := s.flooded(c); refused != nil {
		return nil, refused
	}
	return play(s, c)
}

// response is the envelope of every answer.
type response struct {
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result,omitempty"`
	Code        int             `json:"error_code,omitempty"`
	Description string          `json:"description,omitempty"`
	Parameters  *parameters     `json:"parameters,omitempty"`
}

type parameters struct {
	MigrateTo  int64 `json:"migrate_to_chat_id,omitempty"`
	RetryAfter int   `json:"retry_after,omitempty"`
}

// seal fills in what became of the call and returns the body of the answer.
func (c *call) seal(result any, refused *refusal) []byte {
	c.Code = 200
	switch {
	case refused != nil:
		c.Code, c.Description, c.retryAfter = refused.code, refused.text, refused.retryAfter
	case result != nil:
		var isRaw bool
		if c.Result, isRaw = result.(json.RawMessage); !isRaw {
			c.Result, _ = json.Marshal(result)
		}
	}
	switch c.Fault {
	case DropBefore, DropAfter:
		c.Code = 0
		return nil
	case Internal:
		c.Code, c.Description = 500, "Internal Server Error"
		return respond(c, &refusal{code: c.Code, text: c.Description})
	case BadGateway:
		c.Code, c.Description = 502, "Bad Gateway"
		return []byte(badGatewayPage)
	}
	return respond(c, refused)
}

// write answers, or drops the connection.
func write(w http.ResponseWriter, c *call, body []byte) {
	if c.Code == 0 {
		panic(http.ErrAbortHandler)
	}
	w.Header().Set("Content-Type", "application/json")
	if c.Fault == BadGateway {
		w.Header().Set("Content-Type", "text/html")
	}
	if c.retryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(c.retryAfter))
	}
	w.WriteHeader(c.Code)
	w.Write(body)
}

// respond writes an answer that is ok by hand: encoding it would read the result once more.
func respond(c *call, refused *refusal) []byte {
	if refused == nil {
		body := append(make([]byte, 0, len(c.Result)+24), `{"ok":true,"result":`...)
		return append(append(body, c.Result...), '}')
	}
	a := response{Code: refused.code, Description: refused.text}
	if refused.retryAfter > 0 || refused.migrateTo != 0 {
		a.Parameters = &parameters{MigrateTo: refused.migrateTo, RetryAfter: refused.retryAfter}
	}
	body, _ := json.Marshal(a)
	return body
}

func (s *Server) sleep(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	case <-s.ctx.Done():
	}
}
