"""The errors of this room.

WebError                    the message is one sentence for the user
├── BadAddress              an address that asks for more than a page may: the web answers 400
│   └── TooLarge            a draft that is too long to be checked here: the web answers 413
├── NotHere                 a cable or a paragraph that the collection does not have: the web answers 404
├── NotAllowed              a request whose reader may not ask it, or is not believed: 401, 403 or 429
└── Left                    whoever asked has hung up: nobody is answered
"""

from __future__ import annotations


class WebError(Exception):
    """Anything this room gives up on; the message is one sentence for the user."""


class BadAddress(WebError):
    """An address with a question too long, or with too many filters."""


class TooLarge(BadAddress):
    """A draft with more than is looked up at once."""


class NotHere(WebError):
    """A cable, or a paragraph of `cable_id`, that the collection does not have; `cable_id` is "" without a cable.

    `what` says what it is that is not here: a cable, or a person, an organization, a numbering.
    """

    def __init__(self, message: str, cable_id: str = "", what: str = "cable") -> None:
        super().__init__(message)
        self.cable_id = cable_id
        self.what = what


class NotAllowed(WebError):
    """A request that is refused for who asks it, with a status and, for one that may come back, after how many seconds.

    `sign_in` says that signing in may help.
    """

    def __init__(
        self, status: int, message: str, *, seconds: int = 0, sign_in: bool = False
    ) -> None:
        super().__init__(message)
        self.status = status
        self.seconds = seconds
        self.sign_in = sign_in


class Left(WebError):
    """Whoever asked has hung up: nothing is answered any more."""
