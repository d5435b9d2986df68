"""The command `alerts`: searches that are kept, and what is new for them.

Owns its options and what it prints; `tell_news` is what `cablegram index` does after its run. Must not know how
anything is found or delivered.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import click

from search.alerts import entries
from search.alerts.entries import Alert, AlertsFile, read_alerts
from search.alerts.messages import without_secrets
from search.alerts.running import Outcome, Reached, reached, run_alerts
from search.alerts.saying import headline
from search.alerts.state import State
from search.cli.ask import filter_options
from search.cli.console import (
    NOT_ALL,
    failures,
    index_option,
    json_option,
    leave,
    number,
    say,
    say_json,
    tell,
)
from search.engines.manifest import read_manifest
from search.errors import IndexDamaged, IndexMissing, IndexOutdated
from search.language.tree import Match

ALERTS = "CABLEGRAM_ALERTS"


def alerts_option(command: Callable[..., None]) -> Callable[..., None]:
    """`--alerts`, for every command that reads the file of alerts."""
    return click.option(
        "--alerts",
        "alerts_file",
        type=click.Path(dir_okay=False, path_type=Path),
        default=entries.FILE_NAME,
        show_default=True,
        envvar=ALERTS,
        show_envvar=True,
        metavar="FILE",
        help="The file of alerts.",
    )(command)


@click.group()
def alerts() -> None:
    """Keep searches and hear what is new.

    An alert is a search in the file alerts.toml. Each time the index has new cables, its new hits are told once: in a
    feed, a file, by mail or to a webhook.
    """


@alerts.command()
@click.argument("name")
@click.argument("words", nargs=-1, metavar="[QUERY]")
@alerts_option
@index_option
@filter_options
@click.option(
    "--match",
    default="all",
    show_default=True,
    type=click.Choice(get_args(Match)),
    help="All of the words, or any of them.",
)
@click.option("--feed", metavar="FILE", help="Write an Atom feed to this file.")
@click.option("--file", "log", metavar="FILE", help="Add the hits to this file; JSON for .jsonl.")
@click.option(
    "--send",
    multiple=True,
    metavar="ADDRESS",
    help="Send the hits there, by mail or webhook: docs/alerts.md. Repeat for several.",
)
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="Also tell what was indexed on or after this day; default: from now on.",
)
def add(
    name: str,
    words: tuple[str, ...],
    alerts_file: Path,
    folder: Path,
    match: Match,
    feed: str | None,
    log: str | None,
    send: tuple[str, ...],
    since: datetime | None,
    **values: tuple[str, ...],
) -> None:
    """Keep a search under a NAME.

    QUERY and filters are as for cablegram search. Without --feed, --file or --send the hits go to a feed of that name
    in the folder alerts, beside the file.
    """
    if not (feed or log or send):
        feed = f"alerts/{entries.file_name(name)}.atom"
    text = entries.entry(
        name,
        " ".join(words),
        {field: list(chosen) for field, chosen in values.items() if chosen},
        match,
        since=since.date() if since else None,
        feed=feed or "",
        file=log or "",
        send=send,
    )
    with failures():
        alert = entries.add(alerts_file, text)
        _begin(alert, folder)
    for note in alert.notes:
        tell(f"cablegram: {note}")
    say(f'Alert "{alert.name}" is in {alerts_file}: {_asked(alert)}')
    say(f"Its hits go to {_ways(alert)}")


def _begin(alert: Alert, folder: Path) -> None:
    """An alert begins with what is indexed after it was made, if there is an index yet."""
    try:
        read_manifest(folder)
    except IndexMissing:
        return
    now = reached(folder)
    if now is None or alert.since is not None:
        return
    with State(folder) as state:
        state.forget(alert.name)
        state.begin({alert.name: now.number}, now.lineage)


@alerts.command(name="list")
@alerts_option
@json_option
def list_(alerts_file: Path, as_json: bool) -> None:
    """List the alerts, and what is wrong with any."""
    with failures():
        file = read_alerts(alerts_file)
    if as_json:
        say_json(
            {
                "file": str(file.path),
                "site": file.site,
                "alerts": [_to_json(alert) for alert in file.alerts],
                "faults": [str(fault) for fault in file.faults],
            }
        )
    else:
        for alert in file.alerts:
            say(f"{alert.name}: {_asked(alert)}")
            say(f"    to {_ways(alert)}")
        say(number(len(file.alerts), "alert"))
        for fault in file.faults:
            tell(f"cablegram: {fault}")
        for alert in file.alerts:
            for note in alert.notes:
                tell(f'cablegram: {file.path}:{alert.line}: alert "{alert.name}": {note}')
    if file.faults:
        leave(NOT_ALL)


@alerts.command()
@click.argument("name")
@alerts_option
@index_option
def remove(name: str, alerts_file: Path, folder: Path) -> None:
    """Take an alert out of the file; what it told is forgotten. Its feed or file stays."""
    with failures():
        name = entries.remove(alerts_file, name)
        try:
            read_manifest(folder)
        except IndexMissing:
            pass
        else:
            with State(folder) as state:
                state.forget(name)
    say(f'Alert "{name}" is no longer in {alerts_file}')


@alerts.command()
@alerts_option
@index_option
@json_option
def run(alerts_file: Path, folder: Path, as_json: bool) -> None:
    """Tell what is new since the last time.

    New is what was indexed since then, whatever the date of the cable. An alert that is new itself begins now, unless
    it says since when. cablegram index does the same after its run.
    """
    with failures():
        file = read_alerts(alerts_file)
        outcome = run_alerts(folder, file)
    if as_json:
        say_json(outcome_to_json(outcome))
        _tell_troubles(outcome)
    else:
        _say_outcome(file, outcome)
    if outcome.troubles:
        leave(NOT_ALL)


def before_index(alerts_file: Path, folder: Path) -> Reached | None:
    """How far the index is before a run of the indexer, for alerts that are met first after it."""
    if not alerts_file.exists():
        return None
    try:
        read_manifest(folder)
        return reached(folder)
    except (IndexMissing, IndexOutdated, IndexDamaged):
        # The run makes it anew, or says why it can't be read.
        return None


def tell_news(
    alerts_file: Path, folder: Path, before: Reached | None, *, quiet: bool = False
) -> Outcome | None:
    """Run the alerts after a run of the indexer; None if there is no file of them. `quiet` prints troubles only."""
    if not alerts_file.exists():
        return None
    with failures():
        file = read_alerts(alerts_file)
        outcome = run_alerts(folder, file, before=before)
    if quiet:
        _tell_troubles(outcome)
    else:
        _say_outcome(file, outcome)
    return outcome


def outcome_to_json(outcome: Outcome) -> dict[str, object]:
    """A run over the alerts for programs."""
    return {
        "told": [
            {"alert": each.alert.name, "hits": each.hits, "cables": each.cables}
            for each in outcome.told
        ],
        "begun": [alert.name for alert in outcome.begun],
        "notes": outcome.notes,
        "troubles": outcome.troubles,
    }


def _say_outcome(file: AlertsFile, outcome: Outcome) -> None:
    for each in outcome.told:
        say(f"{headline(each.alert.name, each.hits, each.cables)}, to {_ways(each.alert)}")
    asked = number(len(file.alerts), "alert")
    new = number(sum(each.hits for each in outcome.told), "new hit")
    begun = f"; {len(outcome.begun):,} begin now" if outcome.begun else ""
    say(f"Alerts     {asked}, {new}{begun}")
    _tell_troubles(outcome)


def _tell_troubles(outcome: Outcome) -> None:
    for line in (*outcome.notes, *outcome.troubles):
        tell(f"cablegram: {line}")


def _asked(alert: Alert) -> str:
    filters = (
        f"{sign}{each.field}:{value}"
        for each in alert.query.filters
        for sign, values in (("", each.included), ("-", each.excluded))
        for value in values
    )
    return " · ".join(filter(None, (alert.asked, *filters))) + (
        " (any of the words)" if alert.query.match == "any" else ""
    )


def _ways(alert: Alert) -> str:
    ways = [str(path) for path in (alert.feed, alert.file) if path is not None]
    return ", ".join((*ways, *map(without_secrets, alert.send)))


def _to_json(alert: Alert) -> dict[str, object]:
    return {
        "name": alert.name,
        "line": alert.line,
        "query": alert.asked,
        "filters": {
            f"{sign}{each.field}": list(values)
            for each in alert.query.filters
            for sign, values in (("", each.included), ("-", each.excluded))
            if values
        },
        "match": alert.query.match,
        "since": alert.since.astimezone(UTC).isoformat() if alert.since else None,
        "feed": str(alert.feed) if alert.feed else None,
        "file": str(alert.file) if alert.file else None,
        "send": [without_secrets(address) for address in alert.send],
        "notes": list(alert.notes),
    }
