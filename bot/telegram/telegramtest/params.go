package telegramtest

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
)

const maxBody = 1 << 22 // more than any text, keyboard or list of commands

// readParams reads what a call carries, in any of the four ways of
// https://core.telegram.org/bots/api#making-requests.
func readParams(r *http.Request) (map[string]string, error) {
	params := map[string]string{}
	take(params, r.URL.Query())
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind == "multipart/form-data" {
		if err := r.ParseMultipartForm(maxBody); err != nil {
			return params, errors.New("can't parse multipart form")
		}
		take(params, r.MultipartForm.Value)
		for name := range r.MultipartForm.File {
			params[name] = "attach://" + name
		}
		return params, nil
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil {
		return params, errors.New("can't read the body")
	}
	if kind == "application/json" {
		return params, takeJSON(params, body)
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return params, errors.New("can't parse form")
	}
	take(params, form)
	return params, nil
}

func take(params map[string]string, from url.Values) {
	for name, values := range from {
		params[name] = values[len(values)-1]
	}
}

// takeJSON unquotes strings and leaves everything else as JSON: that is how
// the same parameter looks in a form. A null is a parameter not given.
func takeJSON(params map[string]string, body []byte) error {
	if len(strings.TrimSpace(string(body))) == 0 {
		return nil
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(body, &object); err != nil {
		return errors.New("can't parse JSON object")
	}
	for name, raw := range object {
		var text string
		switch {
		case string(raw) == "null":
		case json.Unmarshal(raw, &text) == nil:
			params[name] = text
		default:
			params[name] = string(raw)
		}
	}
	return nil
}
