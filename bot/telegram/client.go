package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"wheretoturn/bot"
)

// client calls the Bot API. The library's own client opens a connection a call
// and knows no context, and its transport errors hold the token: all three are
// mended here, in one place.
type client struct {
	api  tgbotapi.BotAPI
	http *http.Client
	ban  *strings.Replacer // takes the token out of texts
}

// silence keeps the library from logging transport errors, which hold the
// token.
func init() { _ = tgbotapi.SetLogger(log.New(io.Discard, "", 0)) }

// newClient connects and learns who the bot is. A wrong token is bot.Denied;
// without a network it is bot.Unavailable and may be tried again.
func newClient(token, endpoint string) (*client, error) {
	if endpoint == "" {
		endpoint = tgbotapi.APIEndpoint
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns, transport.MaxIdleConnsPerHost = 512, 512
	transport.IdleConnTimeout = 90 * time.Second
	transport.DialContext = (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext
	c := &client{http: &http.Client{Transport: transport}, ban: strings.NewReplacer(token, "[token]", url.QueryEscape(token), "[token]")}
	api, err := tgbotapi.NewBotAPIWithClient(token, endpoint, timed{c.http, 10 * time.Second})
	if err != nil {
		return nil, c.startError(err)
	}
	c.api = *api
	return c, nil
}

func (c *client) startError(err error) error {
	var e *tgbotapi.Error
	if errors.As(err, &e) && (e.Code == http.StatusUnauthorized || e.Code == http.StatusNotFound) {
		return &bot.Error{Kind: bot.Denied, Op: "telegram: the token is refused", Cause: c.clean(err)}
	}
	return &bot.Error{Kind: bot.Unavailable, Op: "telegram: connect", Cause: c.clean(err)}
}

// call makes one request and returns its raw result.
func (c *client) call(ctx context.Context, method string, p tgbotapi.Params) (json.RawMessage, error) {
	return c.request(bound{c.http, ctx}, method, p)
}

// tell makes a request of which only the success matters.
func (c *client) tell(ctx context.Context, method string, p tgbotapi.Params) error {
	_, err := c.request(brief{bound{c.http, ctx}}, method, p)
	return err
}

func (c *client) request(via tgbotapi.HTTPClient, method string, p tgbotapi.Params) (json.RawMessage, error) {
	api := c.api
	api.Client = via
	resp, err := api.MakeRequest(method, p)
	if err != nil {
		return nil, c.clean(err)
	}
	return resp.Result, nil
}

// clean takes the address, and with it the token, out of an error.
func (c *client) clean(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	var e *tgbotapi.Error
	if errors.As(err, &e) || !strings.Contains(c.ban.Replace(err.Error()), "[token]") {
		return err
	}
	return errors.New(c.ban.Replace(err.Error()))
}

// bound gives a request the context the library does not know.
type bound struct {
	c   *http.Client
	ctx context.Context //nolint:containedctx // it lives for one request
}

func (b bound) Do(r *http.Request) (*http.Response, error) { return b.c.Do(r.WithContext(b.ctx)) }

// brief leaves the result out of a successful answer: an edit returns the whole
// message with its keyboard, and decoding it costs more than writing it.
type brief struct{ bound }

const success = `{"ok":true`

func (b brief) Do(r *http.Request) (*http.Response, error) {
	resp, err := b.bound.Do(r)
	if err != nil {
		return nil, err
	}
	head := make([]byte, len(success))
	n, err := io.ReadFull(resp.Body, head)
	whole := io.MultiReader(bytes.NewReader(head[:n]), resp.Body)
	if err == nil && string(head) == success {
		if _, err := io.Copy(io.Discard, resp.Body); err != nil {
			resp.Body.Close()
			return nil, err
		}
		whole = strings.NewReader(success + "}")
	}
	resp.Body = struct {
		io.Reader
		io.Closer
	}{whole, resp.Body}
	return resp, nil
}

// timed gives a request a deadline.
type timed struct {
	c *http.Client
	d time.Duration
}

func (t timed) Do(r *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(r.Context(), t.d)
	resp, err := t.c.Do(r.WithContext(ctx))
	if err != nil {
		cancel()
		return nil, err
	}
	resp.Body = closing{resp.Body, cancel}
	return resp, nil
}

type closing struct {
	io.ReadCloser
	cancel context.CancelFunc
}

func (c closing) Close() error { defer c.cancel(); return c.ReadCloser.Close() }

// jsonParam adds a parameter that the Bot API takes as JSON.
func jsonParam(p tgbotapi.Params, key string, v any) {
	data, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("telegram: %s: %v", key, err)) // only our own plain types
	}
	p[key] = string(data)
}
