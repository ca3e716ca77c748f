package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"wheretoturn/bot"
	"wheretoturn/bot/badgerdb"
	"wheretoturn/bot/book"
	"wheretoturn/bot/engine"
	"wheretoturn/bot/seal"
	"wheretoturn/bot/store"
	"wheretoturn/bot/talk"
	"wheretoturn/bot/telegram"
)

// Settings are fixed for the life of the process.
type Settings struct {
	Books    string // folder; "" is the binary's
	Data     string // directory of the store
	KeyFile  string // "" is Data + ".key"
	Key      string // the key itself, from the environment; "" reads KeyFile
	Console  string // address of health and, later, staff pages; "off"
	Telegram telegram.Options
	Operator string // who runs this; "" says nothing
	Listen   string // address the webhook listens at
	Log      *slog.Logger
	Now      func() time.Time // nil is the system's clock
}

// Server is a built house that serves. Close it after Run.
type Server struct {
	House    *House
	settings Settings
	door     *telegram.Door
	store    store.Store
	hook     net.Listener
	health   net.Listener
	broken   error // why the store cannot be used; nil when it can
}

// drainLimit is how long current work may take after the signal to stop.
const drainLimit = 20 * time.Second

// NewServer builds everything and binds every address, so that nothing is
// half-started: a bad setting, a taken port, a locked store is an error here.
// A damaged store is not: the server then shows the emergency card only.
func NewServer(ctx context.Context, s Settings) (_ *Server, err error) {
	srv := &Server{settings: s}
	defer func() {
		if err != nil {
			srv.Close()
		}
	}()
	b, err := Books(s.Books)
	if err != nil {
		return nil, err
	}
	if srv.health, err = bind(s.Console); err != nil {
		return nil, err
	}
	if s.Telegram.Webhook != "" {
		if srv.hook, err = bind(s.Listen); err != nil {
			return nil, err
		}
	}
	if err := srv.openStore(); err != nil {
		return nil, err
	}
	keys, err := s.keys()
	if err != nil {
		return nil, err
	}
	srv.build(b, keys)
	if s.Telegram.Token == "" {
		return srv, nil
	}
	return srv, srv.door.Connect(ctx)
}

// keys loads the master key and derives the working keys.
func (s Settings) keys() (*seal.Keys, error) {
	if s.Key != "" {
		master, err := seal.ParseKey(s.Key)
		if err != nil {
			return nil, fmt.Errorf("WHERETOTURN_KEY: %w", err)
		}
		return seal.New(master)
	}
	path := s.KeyFile
	if path == "" {
		path = filepath.Clean(s.Data) + ".key"
	}
	master, made, err := seal.LoadKey(path)
	if err != nil {
		return nil, err
	}
	if made {
		s.Log.Warn("a new key was made; keep a copy of it apart from the data, without it nobody can be reached", "file", path)
	}
	return seal.New(master)
}

// bind takes an address; "off" and "" take none.
func bind(addr string) (net.Listener, error) {
	if addr == "" || addr == "off" {
		return nil, nil
	}
	l, err := net.Listen("tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("address %s is taken by another process", addr)
	}
	return l, err
}

// openStore opens the data directory. Damage leaves the reason in broken.
func (srv *Server) openStore() error {
	st, err := badgerdb.Open(srv.settings.Data, badgerdb.Options{Logger: srv.settings.Log})
	switch {
	case errors.Is(err, store.ErrLocked):
		return fmt.Errorf("data directory %s is in use by another process", srv.settings.Data)
	case errors.Is(err, store.ErrCorrupt):
		srv.broken = err
		srv.settings.Log.Error("the store is damaged: only the emergency card is shown", "error", err)
		return nil
	case err != nil:
		return err
	}
	srv.store = st
	return nil
}

func (srv *Server) build(b *book.Book, keys *seal.Keys) {
	shelf := book.NewShelf(b)
	srv.settings.Telegram.Log, srv.settings.Telegram.Now = srv.settings.Log, srv.settings.Now
	srv.door = telegram.New(shelf, srv.settings.Telegram)
	srv.House = &House{Shelf: shelf}
	if srv.store == nil {
		srv.door.SetHandler(newCardOnly(srv.door))
		return
	}
	srv.House.Engine = engine.New(srv.store, talk.Room{Shelf: shelf, Operator: srv.settings.Operator}, engine.Options{
		Seals: keys, Senders: map[bot.DoorName]engine.Sender{telegram.Name: srv.door}, Log: srv.settings.Log, Now: srv.settings.Now,
	})
	srv.door.SetHandler(&guard{next: srv.House.Engine, card: newCardOnly(srv.door), log: srv.settings.Log})
}

// Run serves until ctx ends, then finishes what it is doing.
func (srv *Server) Run(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	if srv.health != nil {
		g.Go(func() error { return serveHTTP(ctx, srv.health, srv.healthPages()) })
	}
	if srv.hook != nil {
		mux := http.NewServeMux()
		mux.Handle("/", srv.door)
		g.Go(func() error { return serveHTTP(ctx, srv.hook, mux) })
	}
	if srv.House.Engine != nil {
		g.Go(func() error { return srv.House.Engine.Run(ctx) })
	}
	if srv.settings.Telegram.Token != "" {
		g.Go(func() error { return srv.door.Run(ctx) })
	}
	return g.Wait()
}

// Close closes what NewServer opened; safe to call twice.
func (srv *Server) Close() error {
	for _, l := range []net.Listener{srv.health, srv.hook} {
		if l != nil {
			l.Close()
		}
	}
	if srv.store != nil {
		return srv.store.Close()
	}
	return nil
}

// serveHTTP serves with limits until ctx ends, then lets requests finish.
func serveHTTP(ctx context.Context, l net.Listener, h http.Handler) error {
	s := &http.Server{
		Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: 60 * time.Second,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelInfo),
	}
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		late, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainLimit)
		defer cancel()
		stopped <- s.Shutdown(late)
	}()
	if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}
