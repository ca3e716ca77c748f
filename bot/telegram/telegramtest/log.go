package telegramtest

import (
	"fmt"
	"slices"
)

// record keeps the call and tells those who wait. Under the lock.
func (s *Server) record(c *call, refused *refusal) {
	if !s.opt.Fast {
		s.calls = append(s.calls, c.Call)
		if refused != nil && refused.violation {
			s.violate("%s: %s", c.Method, refused.text)
		}
	}
	s.any.tell()
}

// violate notes what no correct bot does. Under the lock.
func (s *Server) violate(format string, args ...any) {
	if !s.opt.Fast {
		s.violations = append(s.violations, fmt.Sprintf(format, args...))
	}
}

// Calls are the calls of a method so far, in the order of their answers; ""
// stands for all. A Fast server keeps none.
func (s *Server) Calls(method string) []Call {
	return s.callsWhere(func(c Call) bool { return method == "" || c.Method == method })
}

// Early are the calls to a chat before its retry_after was over.
func (s *Server) Early() []Call {
	return s.callsWhere(func(c Call) bool { return c.Early })
}

// Violations are what the bot did that no correct bot does, one sentence each:
// unknown methods and parameters, broken markup, texts and buttons out of
// bounds. A chat that has gone or a query that is too old is none: that happens.
func (s *Server) Violations() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.violations)
}

func (s *Server) callsWhere(keep func(Call) bool) []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Call
	for _, c := range s.calls {
		if keep(c) {
			out = append(out, c)
		}
	}
	return out
}
