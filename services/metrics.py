"""What the store counts, for Prometheus at /metrics."""

from prometheus_client import Counter, Gauge, Histogram

REQUESTS = Counter("larkspur_http_requests_total", "Requests answered.", ["method", "route", "status"])
REQUEST_SECONDS = Histogram(
    "larkspur_http_request_seconds",
    "Time to answer a request.",
    ["method", "route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
ORDERS = Counter("larkspur_orders_total", "Orders by what became of them.", ["outcome"])
PAYMENTS = Counter("larkspur_payments_total", "Answers of the payment gateway.", ["outcome"])
EVENT_ERRORS = Counter("larkspur_event_errors_total", "Events of pages that ended in an error.", ["code"])
LIVE_LISTENING = Gauge("larkspur_live_listening", "1 while this process hears what is announced.")
LIVE_MESSAGES = Counter(
    "larkspur_live_messages_total", "Messages heard from the database, each with many topics."
)
LIVE_TABS = Gauge("larkspur_live_tabs", "Open tabs that are kept up to date by this process.")
LIVE_PUSHES = Counter("larkspur_live_pushes_total", "Times a tab was brought up to date.", ["outcome"])
