"""The errors of this room.

WebError                    the message is one sentence for the user
├── BadAddress              an address that asks for more than a page may: the web answers 400
│   └── TooLarge            a draft that is too long to be checked here: the web answers 413
├── NotHere                 a cable or a paragraph that the collection does not have: the web answers 404
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


class Left(WebError):
    """Whoever asked has hung up: nothing is answered any more."""
