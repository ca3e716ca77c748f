package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"wheretoturn/bot/app"
	"wheretoturn/bot/telegram"
)

type serveCmd struct {
	Data                      string `help:"Directory of the store." default:"data" type:"path" placeholder:"DIR"`
	Store                     string `help:"badger, the store inside the data directory." default:"badger" enum:"badger"`
	Console                   string `help:"Address of health and staff pages; off for none." default:"127.0.0.1:8081" placeholder:"ADDR"`
	TelegramToken             string `help:"Token of the bot, from @BotFather." placeholder:"T"`
	TelegramTokenFile         string `help:"File holding the token." type:"existingfile" placeholder:"F"`
	TelegramEndpoint          string `help:"Another Bot API server, like http://127.0.0.1:9000/bot%s/%s" placeholder:"URL"`
	TelegramWebhook           string `help:"Address Telegram posts to; polling when absent." placeholder:"URL"`
	TelegramWebhookListen     string `help:"Address to take posts at." default:"127.0.0.1:8443" placeholder:"ADDR"`
	TelegramWebhookSecret     string `help:"Secret Telegram sends with each post." placeholder:"S"`
	TelegramWebhookSecretFile string `help:"File holding the secret." type:"existingfile" placeholder:"F"`
	TelegramRate              string `help:"Keep Telegram's sending limits, or not." default:"default" enum:"default,off"`
	TelegramDeleteMedia       bool   `help:"Delete pictures and voice messages people send." default:"true" negatable:""`
	Operator                  string `help:"Who runs this and how to reach them; shown by /privacy." placeholder:"TEXT"`
	KeyFile                   string `help:"Master key (default: DATA.key beside the data directory, made when missing)." type:"path" placeholder:"F"`
}

func (c *serveCmd) Run(ctx context.Context, g *Globals) error {
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	s, err := c.settings(g, log)
	if err != nil {
		return err
	}
	srv, err := app.NewServer(ctx, s)
	if ctx.Err() != nil {
		return nil // stopped while waiting for the network
	}
	if err != nil {
		return err
	}
	defer srv.Close()
	log.Info("serving", "telegram", c.way(s), "console", c.Console, "data", c.Data)
	return srv.Run(ctx)
}

func (c *serveCmd) way(s app.Settings) string {
	switch {
	case s.Telegram.Token == "":
		return "off"
	case c.TelegramWebhook != "":
		return "webhook"
	}
	return "polling"
}

// settings checks what the flags alone cannot say.
func (c *serveCmd) settings(g *Globals, log *slog.Logger) (s app.Settings, err error) {
	s = app.Settings{
		Books: g.Books, Data: c.Data, KeyFile: c.KeyFile, Key: os.Getenv("WHERETOTURN_KEY"), Console: c.Console, Listen: c.TelegramWebhookListen, Operator: c.Operator, Log: log,
		Telegram: telegram.Options{
			Token: c.TelegramToken, Endpoint: c.TelegramEndpoint, Webhook: c.TelegramWebhook, Secret: c.TelegramWebhookSecret,
			Limits: c.TelegramRate != "off", KeepMedia: !c.TelegramDeleteMedia,
		},
	}
	if s.Telegram.Token, err = secret(c.TelegramToken, c.TelegramTokenFile, "telegram-token"); err != nil {
		return s, err
	}
	if s.Telegram.Secret, err = secret(c.TelegramWebhookSecret, c.TelegramWebhookSecretFile, "telegram-webhook-secret"); err != nil {
		return s, err
	}
	if c.TelegramEndpoint != "" && strings.Count(c.TelegramEndpoint, "%s") != 2 {
		return s, fmt.Errorf("--telegram-endpoint: write it with two %%s, like http://127.0.0.1:9000/bot%%s/%%s")
	}
	if c.TelegramWebhook != "" && len(s.Telegram.Secret) < 16 {
		return s, errors.New("--telegram-webhook needs --telegram-webhook-secret of at least 16 letters and digits")
	}
	return s, nil
}

// secret takes a secret from a flag or a file, not from both.
func secret(value, file, name string) (string, error) {
	if file == "" {
		return value, nil
	}
	if value != "" {
		return "", fmt.Errorf("give --%s or --%s-file, not both", name, name)
	}
	data, err := os.ReadFile(file)
	return strings.TrimSpace(string(data)), err
}
