package telegramtest

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Connections of a webhook (https://core.telegram.org/bots/api#setwebhook).
const (
	maxConnections     = 100
	defaultConnections = 40
)

// hook is a webhook that is set.
type hook struct {
	s       *Server
	url     string
	secret  string
	max     int
	over    bool
	lanes   map[laneKey]*lane
	ready   []*lane // have something to post, no connection is free
	active  int
	errAt   int64
	errText string
}

var secretToken = regexp.MustCompile(`^[A-Za-z0-9_-]*$`)

func (s *Server) setWebhook(c *call) (any, *refusal) {
	address, secret := c.str("url"), c.str("secret_token")
	if address == "" {
		return s.deleteWebhook(c)
	}
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "":
		return nil, wrong("invalid webhook URL specified")
	case u.Scheme != "https" && !(u.Scheme == "http" && isLoopback(u.Hostname())):
		return nil, wrong("bad webhook: An HTTPS URL must be provided for webhook")
	case len(secret) > 256:
		return nil, wrong("secret token is too long")
	case !secretToken.MatchString(secret):
		return nil, wrong("secret token contains unallowed characters")
	}
	most := int(c.num("max_connections"))
	if _, given := c.Params["max_connections"]; !given {
		most = defaultConnections
	}
	if most < 1 || most > maxConnections {
		return nil, wrong("max_connections must be 1 to %d", maxConnections)
	}
	s.endPoll("terminated by setWebhook request")
	s.unhook()
	if c.yes("drop_pending_updates") {
		s.drop()
	}
	s.subscribe(c)
	s.hook = &hook{s: s, url: address, secret: secret, max: most, lanes: map[laneKey]*lane{}}
	for _, u := range slices.Clone(s.queue.pending) {
		if s.live(u) {
			s.hook.add(u)
		}
	}
	return true, nil
}

func (s *Server) deleteWebhook(c *call) (any, *refusal) {
	s.unhook()
	if c.yes("drop_pending_updates") {
		s.drop()
	}
	for _, u := range s.queue.pending {
		s.offer(u)
	}
	return true, nil
}

func (s *Server) unhook() {
	if s.hook != nil {
		s.hook.over = true
		s.hook = nil
	}
}

func isLoopback(host string) bool {
	return host == "localhost" || host == "::1" || strings.HasPrefix(host, "127.")
}

type webhookInfo struct {
	URL     string   `json:"url"`
	Custom  bool     `json:"has_custom_certificate"`
	Pending int      `json:"pending_update_count"`
	ErrAt   int64    `json:"last_error_date,omitempty"`
	ErrText string   `json:"last_error_message,omitempty"`
	Max     int      `json:"max_connections,omitempty"`
	Kinds   []string `json:"allowed_updates,omitempty"`
}

func (s *Server) getWebhookInfo(*call) (any, *refusal) {
	info := webhookInfo{Pending: s.queue.waiting}
	for kind := range s.queue.kinds {
		info.Kinds = append(info.Kinds, kind)
	}
	slices.SortFunc(info.Kinds, cmp.Compare)
	if h := s.hook; h != nil {
		info.URL, info.Max, info.ErrAt, info.ErrText = h.url, h.max, h.errAt, h.errText
	}
	return info, nil
}

// Hooked tells whether a webhook is set.
func (s *Server) Hooked() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hook != nil
}
