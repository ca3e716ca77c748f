package app

import (
	"fmt"
	"net/http"
	"runtime"

	"wheretoturn/bot/store"
)

// healthPages are for the operator's machines: alive, ready, figures. They
// hold nothing about anybody.
func (srv *Server) healthPages() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "alive") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if err := srv.ready(r); err != nil {
			http.Error(w, "not ready: "+err.Error(), http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ready")
	})
	mux.HandleFunc("GET /metrics", srv.metrics)
	return mux
}

// ready tells whether the store takes writes.
func (srv *Server) ready(r *http.Request) error {
	if srv.broken != nil {
		return store.ErrCorrupt
	}
	return srv.store.Update(r.Context(), nil, func(tx store.Tx) error {
		tx.Put("v/ready", nil)
		return nil
	})
}

// metrics prints figures in the text format of Prometheus
// (https://prometheus.io/docs/instrumenting/exposition_formats/).
func (srv *Server) metrics(w http.ResponseWriter, _ *http.Request) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	w.Header().Set("Content-Type", "text/plain; version=0.0.4")
	up := 1
	if srv.broken != nil {
		up = 0
	}
	fmt.Fprintf(w, "# TYPE wheretoturn_store_up gauge\nwheretoturn_store_up %d\n", up)
	fmt.Fprintf(w, "# TYPE go_goroutines gauge\ngo_goroutines %d\n", runtime.NumGoroutine())
	fmt.Fprintf(w, "# TYPE go_memstats_heap_inuse_bytes gauge\ngo_memstats_heap_inuse_bytes %d\n", m.HeapInuse)
	if srv.House.Engine != nil {
		s := srv.House.Engine.Stats()
		fmt.Fprintf(w, "# TYPE wheretoturn_events_total counter\nwheretoturn_events_total %d\n", s.Events)
		fmt.Fprintf(w, "# TYPE wheretoturn_sent_total counter\nwheretoturn_sent_total %d\n", s.Sent)
		fmt.Fprintf(w, "# TYPE wheretoturn_send_failures_total counter\nwheretoturn_send_failures_total %d\n", s.Failed)
	}
}
