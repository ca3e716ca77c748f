package bot

import "fmt"

// Finding is something the checker has to say about the books.
type Finding struct {
	File    string `json:"file"`
	Line    int    `json:"line"` // from 1; 0 when it is about the whole file
	Code    string `json:"code"` // stable name of the rule
	Message string `json:"message"`
	Warning bool   `json:"warning"` // does not fail the check
}

// String prints the finding as file:line: code: message.
func (f Finding) String() string {
	kind := "error"
	if f.Warning {
		kind = "warning"
	}
	return fmt.Sprintf("%s:%d: %s: %s [%s]", f.File, f.Line, kind, f.Message, f.Code)
}
