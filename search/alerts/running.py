"""A run over the alerts: each is asked what is new, what was found is written down, and then delivered.

Owns the order of the steps: what a run that was killed left is delivered first; hits are written down together with
what is to be delivered of them; a delivery is struck out when it is done. Must not know a form of delivery, nor who is
asking.

What is new is so by when it was indexed. A page that is indexed again, and a page that is merely read by a newer
reader, has nothing new.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from corpus.dates import iso_date
from search import sources as manifests
from search.alerts import saying
from search.alerts.entries import Alert, AlertsFile
from search.alerts.feeds import write_feed
from search.alerts.logs import write_part
from search.alerts.messages import NotSent, fault_of, send, target_of
from search.alerts.news import Likenesses, New, News
from search.alerts.state import Found, Parcel, State
from search.engines import open_searcher
from search.engines.protocols import Searcher
from search.errors import SearchError
from search.sources import Manifest
from search.sources.arrivals import MOST_KEPT

# The new cables are asked about so many at a time; what was found of them is then safe.
_PORTION = 1_000
_FORGOTTEN = (
    f"cables that were changed before the last {MOST_KEPT:,} changes are left out, because it is no longer known what"
    " they had before; search for them"
)


@dataclass(frozen=True, slots=True)
class Reached:
    """How far an index was: the last of its arrivals, in their lineage."""

    lineage: str
    number: int


@dataclass(slots=True)
class Told:
    """What one alert told in a run: hits, and of how many cables."""

    alert: Alert
    hits: int = 0
    cables: int = 0


@dataclass(slots=True)
class Outcome:
    """What a run over the alerts did.

    `told` has the alerts with something new, `begun` those that were asked for the first time. `notes` are worth
    saying; `troubles` are what was left undone, each with its place and what to do.
    """

    told: list[Told] = field(default_factory=list)
    begun: list[Alert] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)


def reached(folder: Path) -> Reached | None:
    """How far an index is now; None if there is none. Raises `SearchError` if that can't be read."""
    with manifests.read(folder) as manifest:
        return Reached(manifest.lineage, manifest.last_arrival) if manifest.lineage else None


def run_alerts(
    folder: Path,
    file: AlertsFile,
    *,
    before: Reached | None = None,
    watch: Callable[[int, int], None] | None = None,
) -> Outcome:
    """Ask all alerts of a file what is new in an index, and deliver it.

    An alert that is asked for the first time begins `before`, or else with what the index has now, unless it says since
    when. `watch` is told how many of how many new cables were asked about. Raises `SearchError` if the index or the
    state can't be read or written.
    """
    outcome = Outcome(troubles=[str(fault) for fault in file.faults])
    # The index first: what the manifest names then is in it.
    with manifests.read(folder) as manifest, closing(open_searcher(folder)) as searcher:
        if not manifest.lineage:
            raise SearchError(
                f"The index {folder} does not say what is new in it; make it anew with: cablegram index"
            )
        with State(folder) as state:
            run = _Run(folder, file, manifest, state, outcome)
            run.deliver()
            run.begin(before)
            run.ask(Likenesses(searcher), searcher, watch)
            run.deliver()
            run.feeds()
            run.clear_away()
    return outcome


class _Run:
    def __init__(
        self, folder: Path, file: AlertsFile, manifest: Manifest, state: State, outcome: Outcome
    ) -> None:
        self._folder = folder
        self._file = file
        self._manifest = manifest
        self._state = state
        self._outcome = outcome
        self._alerts = {alert.name: alert for alert in file.alerts}
        self._tried: set[str] = set()

    def begin(self, before: Reached | None) -> None:
        lineage = self._manifest.lineage
        begun: dict[str, int] = {}
        for alert in self._file.alerts:
            for note in alert.notes:
                self._outcome.notes.append(f'{self._place(alert)}: alert "{alert.name}": {note}')
            for address in alert.send:
                if reason := fault_of(address):
                    self._trouble(alert, reason)
            if self._state.after(alert.name, lineage) is not None:
                continue
            if self._state.knows(alert.name):
                self._outcome.notes.append(
                    f'alert "{alert.name}": this is another index than the one that it was asked of;'
                    " it tells what comes from now on"
                )
            if alert.since is not None:
                after = self._manifest.last_before(alert.since)
            elif before is not None and before.lineage == lineage:
                after = before.number
            else:
                after = self._manifest.last_arrival
            begun[alert.name] = after
            self._outcome.begun.append(alert)
        self._state.begin(begun, lineage)

    def ask(
        self,
        likenesses: Likenesses,
        searcher: Searcher,
        watch: Callable[[int, int], None] | None,
    ) -> None:
        lineage, last = self._manifest.lineage, self._manifest.last_arrival
        come = {name: self._state.after(name, lineage) or 0 for name in self._alerts}
        told: dict[str, Told] = {}
        cables: dict[str, set[str]] = {}
        start = at = min(come.values(), default=last)
        while arrivals := self._manifest.arrivals(at, _PORTION):
            at = arrivals[-1].number
            found: dict[str, list[New]] = {}
            # Most have come as far as all others; one that is new has not.
            for after in sorted({number for number in come.values() if number < at}):
                asked = [each for each in self._file.alerts if come[each.name] == after]
                news = News(
                    self._folder, searcher, [each for each in arrivals if each.number > after]
                )
                with news:
                    for alert in asked:
                        query = likenesses.in_words(alert.query)
                        found[alert.name] = list(news.found(query))
                        for cut in news.cuts:
                            self._trouble(alert, cut)
                        if news.forgotten:
                            self._trouble(alert, _FORGOTTEN)
            for name, new in self._write_down(found, at).items():
                each = told.setdefault(name, Told(self._alerts[name]))
                each.hits += len(new)
                cables.setdefault(name, set()).update(one.cable for one in new)
                each.cables = len(cables[name])
            for name in found:
                come[name] = max(come[name], at)
            if watch is not None:
                watch(at - start, last - start)
        self._outcome.told = [told[name] for name in self._alerts if name in told]
        for alert in self._file.alerts:
            for text, reason in likenesses.missing.items():
                if f"like:{text}" in alert.asked:
                    self._trouble(alert, f"like:{text} finds nothing: {reason}")

    def _write_down(self, found: dict[str, list[New]], at: int) -> dict[str, list[Found]]:
        """Enter what was found up to an arrival, and what is to be delivered of it, in one step; gives what is new."""
        told: dict[str, list[Found]] = {}
        with self._state.finding() as step:
            for name, news in found.items():
                alert = self._alerts[name]
                entries = []
                for new in news:
                    entry = _entry(new)
                    if step.tell(name, new.key, new.words, entry):
                        entries.append(entry)
                step.come_to(name, at)
                if entries:
                    told[name] = entries
                    for parcel in self._parcels(alert, entries):
                        step.send(parcel)
        return told

    def _parcels(self, alert: Alert, found: Sequence[Found]) -> list[Parcel]:
        site = self._file.site
        parcels = []
        if alert.file is not None:
            text = saying.file_part(alert.file, alert.name, found, site)
            target = str(alert.file.absolute())
            parcels.append(Parcel(uuid.uuid4().hex, alert.name, "file", "", text, target))
        if alert.send:
            for title, text in saying.messages(alert.name, found, site):
                parcels.append(Parcel(uuid.uuid4().hex, alert.name, "message", title, text))
        return parcels

    def deliver(self) -> None:
        """Deliver what is not delivered yet, each thing once in a run. What fails stays, for the next run."""
        for parcel in self._state.parcels():
            if parcel.id in self._tried:
                continue
            self._tried.add(parcel.id)
            alert = self._alerts.get(parcel.alert)
            try:
                if parcel.kind == "file":
                    write_part(self._state, parcel)
                elif alert is not None:
                    self._send(alert, parcel)
            except OSError as error:
                why = (
                    f"{parcel.target} can't be written ({error.strerror}); the next run tries again"
                )
                self._trouble(alert, why)
            except NotSent as error:
                self._trouble(alert, str(error))

    def _send(self, alert: Alert, parcel: Parcel) -> None:
        failed: NotSent | None = None
        for address in alert.send:
            target = target_of(address)
            if self._state.has_sent(parcel.id, target):
                continue
            try:
                send(address, parcel)
            except NotSent as error:
                failed = error
            else:
                self._state.note_sent(parcel.id, target)
        if failed is not None:
            raise failed
        self._state.delivered(parcel.id)

    def feeds(self) -> None:
        written: dict[str, int] = {}
        for alert in self._file.alerts:
            try:
                done = write_feed(self._state, alert, self._file.site)
            except OSError as error:
                why = f"{alert.feed} can't be written ({error.strerror}); the next run tries again"
                self._trouble(alert, why)
                continue
            if done is not None:
                written[alert.name] = done.last
                if done.left_out:
                    why = f"its feed has no room for {done.left_out:,} of its new hits"
                    self._trouble(alert, f"{why}; search for them")
        # A feed that is written once more is the same: this is noted of all of them at once.
        self._state.note_feeds(written)

    def clear_away(self) -> None:
        """Forget the alerts that were taken out of the file; not where an entry can't be read, which may be one."""
        if any(not fault.name for fault in self._file.faults):
            return
        kept = {*self._alerts, *(fault.name for fault in self._file.faults)}
        if gone := [name for name in self._state.names() if name not in kept]:
            self._state.forget(*gone)

    def _place(self, alert: Alert) -> str:
        return f"{self._file.path}:{alert.line}"

    def _trouble(self, alert: Alert | None, reason: str) -> None:
        said = f'{self._place(alert)}: alert "{alert.name}": {reason}' if alert else reason
        if said not in self._outcome.troubles:
            self._outcome.troubles.append(said)


def _entry(new: New) -> Found:
    hit = new.hit
    cable = hit.cable
    return Found(
        cable=cable.id,
        subject=cable.subject,
        date=iso_date(cable.date, cable.date_precision) or "",
        origin=cable.origin,
        tags=cable.tags,
        anchor=hit.anchor,
        place=hit.name,
        passage=new.passage,
        path=hit.url,
        indexed=new.arrival.moment,
    )
