"""Messages: mail, webhooks and the many services that apprise knows, each by an address.

Owns what apprise is asked, and that each message names itself: whoever gets one twice can tell. It is sent at least
once, and twice where a run is killed between the moment at which the other side has taken it and the one at which that
is noted here: no protocol of mail or of the web has a step for both. A mail has the header `X-Cablegram-Message`, a
webhook `Idempotency-Key`, and the text ends with the same sign.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from search.alerts.state import Parcel

if TYPE_CHECKING:
    from apprise import Apprise

NO_LIBRARY = "messages need apprise; install it with: pip install 'cablegram[alerts]'"
_NO_ADDRESS = "is no address to which hits can be sent; docs/alerts.md has examples"


class NotSent(Exception):
    """A message could not be sent; the text says why, without passwords."""


def target_of(address: str) -> str:
    """What an address is known by: it may have a password, which is not kept."""
    return blake2b(address.encode(), digest_size=16).hexdigest()


def without_secrets(address: str) -> str:
    """An address as it may be shown."""
    scheme, separator, rest = address.partition("://")
    return f"{scheme}{separator}{rest.rpartition('@')[2].partition('?')[0].partition('/')[0]}/..."


def fault_of(address: str) -> str:
    """Why nothing can be sent to an address, "" if something can."""
    try:
        _service(address, "")
    except NotSent as error:
        return str(error)
    return ""


def send(address: str, parcel: Parcel) -> None:
    """Send a message. Raises `NotSent`."""
    service = _service(address, parcel.id)
    text = f"{parcel.content}\n\nMessage {parcel.id[:12]}: if it comes twice, it is the same."
    with _complaints() as told:
        if not service.notify(body=text, title=parcel.title):
            why = f" ({told[-1].rstrip('.')})" if told else ""
            raise NotSent(
                f"{without_secrets(address)} did not take it{why}; it is sent again by the next run"
            )


def _service(address: str, sign: str) -> Apprise:
    try:
        # Here, because it loads for a third of a second, and who has no such alert needs none.
        import apprise
    except ModuleNotFoundError as error:
        raise NotSent(NO_LIBRARY) from error
    asset = apprise.AppriseAsset(
        app_id="Cablegram", app_desc="Alerts of Cablegram", async_mode=False
    )
    with _complaints():
        plugin: Any = apprise.Apprise.instantiate(address, asset=asset)
    if plugin is None:
        raise NotSent(f"{without_secrets(address)} {_NO_ADDRESS}")
    if sign and isinstance(getattr(plugin, "headers", None), dict):
        mail = "mail" in type(plugin).__name__.lower()
        plugin.headers["X-Cablegram-Message" if mail else "Idempotency-Key"] = sign
    if "overflow=" not in address:
        # What a service can't take in one piece comes in several.
        plugin.overflow_mode = apprise.OverflowMode.SPLIT
    service = apprise.Apprise(asset=asset)
    service.add(plugin)
    return service


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """What apprise says meanwhile goes into a list, and not onto the terminal."""
    told: list[str] = []

    class Listening(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(record.getMessage())

    log = logging.getLogger("apprise")
    handler, propagate = Listening(logging.WARNING), log.propagate
    log.addHandler(handler)
    log.propagate = False
    try:
        yield told
    finally:
        log.removeHandler(handler)
        log.propagate = propagate
