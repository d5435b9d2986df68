"""The counts for those who watch over the server, in the text form of Prometheus.

Owns what is counted: requests by view and status, how long they took, and what the index holds. Each process counts its
own. Must not know a question: nothing that was asked stands in a label.
"""

from __future__ import annotations

import time

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from search.errors import SearchError
from webui.away import told_to_visitors
from webui.site import this_site

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


# By this name the view of an answer is noted in the environment.
VIEW = "cablegram.view"


class Counts:
    """The counts of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "cablegram_requests", "Requests answered.", ("view", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "cablegram_request_seconds",
            "Seconds until an answer began.",
            ("view",),
            buckets=_BUCKETS,
            registry=self.registry,
        )

    def count(self, view: str, status: str, seconds: float) -> None:
        """One answer, and how long it took to begin."""
        self._requests.labels(view, status).inc()
        self._seconds.labels(view).observe(seconds)


def install(app: Flask) -> Counts:
    """Counts what an application answers, and serves the counts at `/metrics`."""
    counts = Counts()
    cables = Gauge("cablegram_cables", "Cables in the index.", registry=counts.registry)
    paragraphs = Gauge("cablegram_paragraphs", "Paragraphs in the index.", registry=counts.registry)

    readable = Gauge(
        "cablegram_index_readable",
        "Whether the index can be read: 1 or 0.",
        registry=counts.registry,
    )

    def begin() -> None:
        g.began = time.perf_counter()

    def count(response: Response) -> Response:
        view = request.environ[VIEW] = request.endpoint or "none"
        counts.count(view, str(response.status_code), time.perf_counter() - g.began)
        return response

    def metrics() -> Response:
        try:
            stats = this_site().searcher.stats()
        except SearchError as error:
            # Into the log: the counts of requests are asked for now more than ever.
            told_to_visitors(error)
            readable.set(0)
        else:
            readable.set(1)
            cables.set(stats.cables)
            paragraphs.set(stats.paragraphs)
        return Response(generate_latest(counts.registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)

    app.before_request(begin)
    app.after_request(count)
    app.add_url_rule("/metrics", "metrics", metrics)
    return counts
