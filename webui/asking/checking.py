"""What a page or the API asks for a draft: its bytes or its text, within limits, looked up.

Owns the limits of a draft on the web; the command line has none. It makes no view-model.
"""

from __future__ import annotations

from search.documents.errors import Unreadable
from search.engines.protocols import Searcher
from search.exports.citations import Style
from search.quotes.checking import Check, TooMany, check
from search.quotes.drafts import TooLong, read_draft
from webui.asking.questions import SECONDS
from webui.errors import BadAddress, TooLarge

# A draft's file, in bytes, its text, in characters, and how many quotations, or cable numbers, are looked up at once.
MOST_BYTES = 3_000_000
MOST_CHARACTERS = 100_000
MOST_FOUND = 100
_ADVICE = "Check it in parts, or with the command cablegram check, which has no limit."
TOO_LARGE = f"The file has more than {MOST_BYTES // 1_000_000} million bytes. {_ADVICE}"


def checked(searcher: Searcher, data: bytes, style: Style = "chicago-note") -> Check:
    """What is found of a draft. Raises `TooLarge` and `BadAddress`, each with a sentence for its writer."""
    if len(data) > MOST_BYTES:
        raise TooLarge(TOO_LARGE)
    try:
        return check(searcher, read_draft(data, MOST_CHARACTERS), style, MOST_FOUND, SECONDS)
    except TooLong as error:
        raise TooLarge(
            f"The draft has more than {MOST_CHARACTERS:,} characters. {_ADVICE}"
        ) from error
    except TooMany as error:
        raise TooLarge(f"{error} At most {MOST_FOUND} of each are looked up. {_ADVICE}") from error
    except Unreadable as error:
        raise BadAddress(f"The draft can't be read: {error}.") from error


def looked_up(found: Check) -> int:
    """How many quotations and cable numbers were looked up, each of which takes as long as a search."""
    return len(found.quotes) + len(found.numbers)
