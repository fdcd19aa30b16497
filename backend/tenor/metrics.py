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
CHECKS = Gauge("tenor_check_passed", "1 while a check of /ready is passed, else 0.", ["check"])
NODE_SOUND = Gauge("tenor_node_sound", "1 while a node answers, keeps up and agrees with the others, else 0.", ["node"])
NETWORK_STOPPED = Gauge(
    "tenor_network_stopped", "1 while nothing is sent because the network is not the one we knew, else 0."
)
LEDGER_TIP_AGE_SECONDS = Gauge(
    "tenor_ledger_tip_age_seconds", "Age of the newest ledger the node has; as it was while the node is silent."
)
INDEXER_LAG_LEDGERS = Gauge("tenor_indexer_lag_ledgers", "Ledgers closed but not yet projected.")
INDEXER_HALTED = Gauge("tenor_indexer_halted", "1 while the indexer waits for a person, else 0.")
RECONCILIATION_DIFFERENCES = Gauge(
    "tenor_reconciliation_differences",
    "Values that differed from the ledger's in the newest comparison, as far as they are kept (200 at most).",
)
RECONCILIATION_AGE_SECONDS = Gauge(
    "tenor_reconciliation_age_seconds", "Age of the newest comparison with the ledger; +Inf before the first."
)
STRANGERS_EVENTS = Counter(
    "tenor_strangers_events_total",
    "Events of other contracts that carried our topic. Counted in the worker, which serves no figures.",
)
CHANNELS = Gauge("tenor_channels", "Channel accounts by state.", ["state"])
DISBURSEMENTS_WAITING = Gauge("tenor_disbursements_waiting", "Batches that stand still for a reason they tell.")
TRANSACTIONS_DUE = Gauge("tenor_transactions_due", "Transactions of the platform or its users without an outcome.")

UNITS: dict[Counter | Gauge | Histogram, str] = {
    REQUESTS: "requests",
    REQUEST_SECONDS: "seconds",
    LOGINS: "logins",
    REPLAYS: "requests",
    CHECKS: "0 or 1",
    NODE_SOUND: "0 or 1",
    NETWORK_STOPPED: "0 or 1",
    LEDGER_TIP_AGE_SECONDS: "seconds",
    INDEXER_LAG_LEDGERS: "ledgers",
    INDEXER_HALTED: "0 or 1",
    RECONCILIATION_DIFFERENCES: "values",
    RECONCILIATION_AGE_SECONDS: "seconds",
    STRANGERS_EVENTS: "events",
    CHANNELS: "accounts",
    DISBURSEMENTS_WAITING: "batches",
    TRANSACTIONS_DUE: "transactions",
}
"""Every figure, in the order of the reference page, with what it counts."""


def name_of(figure: Counter | Gauge | Histogram) -> str:
    """As it stands in /metrics: a counter's ends with `_total`."""
    (family,) = figure.describe()
    return f"{family.name}_total" if family.type == "counter" else family.name
