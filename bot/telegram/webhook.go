package telegram

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"io"
	"net/http"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// listen tells Telegram where to post and waits for the end. The webhook stays
// set: what comes while we are away is kept for us.
func (d *Door) listen(ctx context.Context) error {
	p := tgbotapi.Params{"url": d.opts.Webhook, "allowed_updates": wanted, "max_connections": "100"}
	if d.opts.Secret != "" {
		p["secret_token"] = d.opts.Secret
	}
	for {
		err := d.api().tell(ctx, "setWebhook", p)
		if err == nil || ctx.Err() != nil {
			break
		}
		d.opts.Log.Warn("telegram: set webhook", "error", err)
		_, after := apiCode(err)
		if !sleep(ctx, max(after, 5e9)) {
			break
		}
	}
	<-ctx.Done()
	return nil
}

// ServeHTTP takes an update from Telegram: the secret is compared before
// anything is read, the body is capped, and 200 is said only after the commit
// (TG01). Whoever posts without the secret learns nothing.
func (d *Door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost || d.opts.Secret == "" || !same(r.Header.Get("X-Telegram-Bot-Api-Secret-Token"), d.opts.Secret) {
		http.NotFound(w, r)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		http.Error(w, "", http.StatusRequestEntityTooLarge)
		return
	}
	var u update
	if err := json.Unmarshal(body, &u); err != nil {
		d.opts.Log.Warn("telegram: an update that cannot be read is left out", "bytes", len(body))
		return // 200: posting it again would not help
	}
	if err := d.take(r.Context(), u); err != nil {
		d.opts.Log.Error("telegram: update not committed", "error", err)
		http.Error(w, "", http.StatusServiceUnavailable)
	}
}

// same compares in constant time, whatever the lengths.
func same(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}
