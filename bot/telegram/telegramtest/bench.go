package telegramtest

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// Mode is how the bot gets its updates.
type Mode string

// The two ways.
const (
	Polling Mode = "polling"
	Webhook Mode = "webhook"
)

// Report is what a benchmark measured.
type Report struct {
	Mode               Mode
	Users              int
	Updates            int // answered, the first /start of each user among them
	Restarts           int // an answer had no button, or none came in time: /start was sent
	Took               time.Duration
	PerSecond          float64       // updates answered
	P50, P95, P99, Max time.Duration // from the press to its first message
}

func (r Report) String() string {
	return fmt.Sprintf("%s: %d users, %d updates in %v: %.0f/s; p50 %v, p95 %v, p99 %v, max %v; %d restarts",
		r.Mode, r.Users, r.Updates, r.Took.Round(time.Millisecond), r.PerSecond, r.P50, r.P95, r.P99, r.Max, r.Restarts)
}

// patience is how long a user waits for buttons before /start, at least. On a
// slow machine a crowd waits longer, or its new starts would never end.
const patience = 5 * time.Second

// firstBenchUser is the first of the users' ids, out of the way of others.
const firstBenchUser = 7_000_000_001

// load are the users of a benchmark. Everything is under the server's lock.
type load struct {
	s       *Server
	mode    Mode
	presses int
	users   map[int64]*driver
	left    int // users still pressing
	done    chan struct{}
	took    []time.Duration
	report  Report
}

// driver is one user, who presses as soon as there is something to press.
type driver struct {
	u       *User
	pressed int
	sent    time.Time
	waits   bool // for the first message after an update
	wants   bool // a keyboard
}

// Bench waits until the bot gets its updates by mode, then lets users press
// buttons, each as soon as the keyboard of the last answer arrives, presses
// times. The buttons are taken in turn. It returns early with ctx.
func (s *Server) Bench(ctx context.Context, users, presses int, mode Mode) (Report, error) {
	ready := s.Hooked
	if mode == Polling {
		ready = s.Polling
	}
	if err := s.Wait(ctx, ready); err != nil {
		return Report{}, fmt.Errorf("telegramtest: bench: the bot does not use %s: %w", mode, err)
	}
	l := &load{s: s, mode: mode, presses: presses, users: map[int64]*driver{}, left: users, done: make(chan struct{})}
	l.took = make([]time.Duration, 0, users*presses)
	for i := range users {
		u := s.User(firstBenchUser+int64(i), "en")
		l.users[u.ID()] = &driver{u: u}
	}
	begin := time.Now()
	l.begin()
	defer l.end()
	tick := time.NewTicker(patience / 5)
	defer tick.Stop()
	for {
		select {
		case <-l.done:
			return l.result(users, time.Since(begin)), nil
		case <-tick.C:
			l.hurry()
		case <-ctx.Done():
			return l.result(users, time.Since(begin)), ctx.Err()
		}
	}
}

func (l *load) begin() {
	l.s.mu.Lock()
	defer l.s.mu.Unlock()
	l.s.load = l
	for _, d := range l.users {
		d.u.handlers = func(m *message) { l.arrived(d, m) }
		l.restart(d)
	}
	if l.left == 0 {
		close(l.done)
	}
}

func (l *load) end() {
	l.s.mu.Lock()
	defer l.s.mu.Unlock()
	l.s.load = nil
	for _, d := range l.users {
		d.u.handlers = nil
	}
}

func (l *load) restart(d *driver) {
	d.waits, d.wants, d.sent = true, true, time.Now()
	d.u.known = true
	d.u.arrive(d.u, &message{Message: Message{Text: "/start", Entities: commands("/start")}})
}

// arrived is called with every message that arrives or changes.
func (l *load) arrived(d *driver, m *message) {
	if d.waits {
		d.waits = false
		l.report.Updates++
		if d.pressed > 0 {
			l.took = append(l.took, time.Since(d.sent))
		}
	}
	if !d.wants {
		return
	}
	data, ok := choose(m, int(d.u.id)+d.pressed, l.s.opt.Avoid)
	if !ok {
		return // a second message may bring the buttons; hurry sees to it if not
	}
	if d.pressed == l.presses {
		d.wants = false
		if l.left--; l.left == 0 {
			close(l.done)
		}
		return
	}
	d.pressed++
	d.waits, d.sent = true, time.Now()
	d.u.callback(d.u, m.ID, data)
}

// choose takes the n-th button of those that tell the bot.
func choose(m *message, n int, avoid func(string) bool) (string, bool) {
	var list []string
	for _, row := range m.keys.rows {
		for _, b := range row {
			if b.Data != "" && (avoid == nil || !avoid(b.Data)) {
				list = append(list, b.Data)
			}
		}
	}
	if len(list) == 0 {
		return "", false
	}
	return list[n%len(list)], true
}

// hurry lets users start anew who wait too long.
func (l *load) hurry() {
	l.s.mu.Lock()
	defer l.s.mu.Unlock()
	for _, d := range l.users {
		if d.wants && time.Since(d.sent) > max(patience, time.Duration(len(l.users))*10*time.Millisecond) {
			l.report.Restarts++
			l.restart(d)
		}
	}
}

func (l *load) result(users int, took time.Duration) Report {
	l.s.mu.Lock()
	defer l.s.mu.Unlock()
	r := l.report
	r.Mode, r.Users, r.Took = l.mode, users, took
	r.PerSecond = float64(r.Updates) / took.Seconds()
	slices.Sort(l.took)
	at := func(q float64) time.Duration {
		if len(l.took) == 0 {
			return 0
		}
		return l.took[int(q*float64(len(l.took)-1))]
	}
	r.P50, r.P95, r.P99, r.Max = at(0.5), at(0.95), at(0.99), at(1)
	return r
}
