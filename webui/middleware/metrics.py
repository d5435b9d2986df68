"""The counts for those who watch over the server, in the text form of Prometheus.

Owns what is counted: requests by view and status, how long they took, and what the index holds. Each process counts its
own. Must not know a question: nothing that was asked stands in a label.
"""

from __future__ import annotations

import time

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from search.engines.protocols import Searcher
from search.errors import SearchError
from webui.away import told_to_visitors

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


def install(app: Flask, searcher: Searcher) -> None:
    """Counts what an application answers, and serves the counts at `/metrics`."""
    registry = CollectorRegistry()
    requests = Counter(
        "cablegram_requests", "Requests answered.", ("view", "status"), registry=registry
    )
    seconds = Histogram(
        "cablegram_request_seconds",
        "Seconds until an answer began.",
        ("view",),
        buckets=_BUCKETS,
        registry=registry,
    )
    cables = Gauge("cablegram_cables", "Cables in the index.", registry=registry)
    paragraphs = Gauge("cablegram_paragraphs", "Paragraphs in the index.", registry=registry)

    readable = Gauge(
        "cablegram_index_readable", "Whether the index can be read: 1 or 0.", registry=registry
    )

    def begin() -> None:
        g.began = time.perf_counter()

    def count(response: Response) -> Response:
        view = request.endpoint or "none"
        requests.labels(view, str(response.status_code)).inc()
        seconds.labels(view).observe(time.perf_counter() - g.began)
        return response

    def metrics() -> Response:
        try:
            stats = searcher.stats()
        except SearchError as error:
            told_to_visitors(
                error
            )  # into the log; the counts of requests are asked for now more than ever
            readable.set(0)
        else:
            readable.set(1)
            cables.set(stats.cables)
            paragraphs.set(stats.paragraphs)
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)

    app.before_request(begin)
    app.after_request(count)
    app.add_url_rule("/metrics", "metrics", metrics)
