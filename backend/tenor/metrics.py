"""The figures that Prometheus collects, declared once with their labels and units. Decides nothing."""

from prometheus_client import Counter, Gauge, Histogram

REQUESTS = Counter("tenor_http_requests_total", "HTTP requests answered.", ["method", "route", "status"])
REQUEST_SECONDS = Histogram(
    "tenor_http_request_seconds",
    "Time to answer an HTTP request.",
    ["method", "route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30),
)
LOGINS = Counter("tenor_logins_total", "Challenges answered, by outcome.", ["outcome"])
REPLAYS = Counter("tenor_idempotent_replays_total", "Requests answered from the stored answer of an earlier one.")
LEDGER_TIP_AGE_SECONDS = Gauge("tenor_ledger_tip_age_seconds", "Age of the newest ledger the node has.")
INDEXER_LAG_LEDGERS = Gauge("tenor_indexer_lag_ledgers", "Ledgers closed but not yet projected.")
INDEXER_HALTED = Gauge("tenor_indexer_halted", "1 while the indexer waits for a person, else 0.")
STRANGERS_EVENTS = Counter("tenor_strangers_events_total", "Events of other contracts that carried our topic.")
TRANSACTIONS_DUE = Gauge("tenor_transactions_due", "Transactions of the platform or its users without an outcome.")
