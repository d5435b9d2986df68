"""The parser's work grows with the length of the page and no faster, whatever the page is made of.

Counted, not timed: the calls it makes, those into the libraries included. What one pattern does inside a call is
bounded by the last test: lines of a megabyte, which a pattern that runs back and forth would never finish.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from cProfile import Profile
from typing import NoReturn

import pytest

from corpus.model import Cable
from indexer.errors import NotACable
from indexer.page import Markup, RawPage
from indexer.parse import parse
from search.engines.stored import pack_cable

HEAD = "R 230844Z MAR 07\nFM AMEMBASSY LIMA\nUNCLAS LIMA 000012\nE.O. 12958: N/A\nTAGS: PREL\nSUBJECT: A\n\n"
UNITS = [
    "-",
    "1",
    "1. (U) ",
    "1. (U) a\n",
    "(((",
    "A. ",
    "A\n",
    "REF: A. LIMA 1\n",
    "a   b   c\n",
    "---\nA\n---\n",
    "\n",
    "END SUMMARY\n",
    "LIMA 00000012 002 OF 003\n",
    "UNCLAS LIMA 000012\n",
    "E.O. 12958: N/A\nSUBJECT: B\n\n",
    "Advertisement - scroll to continue reading\n",
    "1. (U) One two three four five. ",
    "UNCLASSIFIED U.S. Department of State Case No. F-2013-00001 Doc No. C00000001\nB1, 1.4(D)\nCONFIDENTIAL\n",
    "RELEASED IN PART B1\nAND SO ON       1.4(D)\n",
    "MRN: 13 LIMA 1\nDate/DTG: Sep 06, 2013\nFrom: LIMA\nCaptions: NODIS\nSubject: A\n\nSignature: B\nInfo: C\n",
    "Declassified/Released US Department of State EO Systematic Review 30 JUN 2005\nMessage Attributes\n"
    "Copy: SINGLE\nPAGE 01  LIMA 00012  241800Z\n",
    "Message Text\nDraft Date: 24 JAN 1974\nCopy: SINGLE\nFrom: LIMA\n",
    "UNCLAS SECTION 2 OF 2 LIMA 12/2\nQUILL\nPAGE 01  LIMA 00012  241800Z\n",
]


# A page and one of ten times its size, which makes ten times the calls if work is in proportion. At these sizes eleven
# times tell of a share that grows with the square as early as thirteen times would at three times these sizes.
SIZES = (6_000, 60_000)
TIMES = 11


def work(text: str, markup: Markup = "text") -> int:
    """How many calls parsing the page makes."""
    page = RawPage(text, "page", markup, "0" * 64)
    # Counts in C what a hook of `sys.setprofile` would count in Python, in a fraction of the time.
    profile = Profile()
    profile.enable()
    try:
        parse(page)
    except NotACable:
        pass
    finally:
        profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


@pytest.fixture(autouse=True)
def _keep_profile() -> Iterator[None]:
    """Coverage and debuggers may be profiling: they get their hook back."""
    before = sys.getprofile()
    yield
    sys.setprofile(before)


def _warm_up(unit: str) -> None:
    """Fills the tables, which the first reading does. With another page: what was made of the last ones is known."""
    work(f"{HEAD}1. (U) A. {unit * 3}\n\n2. (U) B.")


@pytest.mark.parametrize("unit", UNITS)
def test_ten_times_the_page_is_ten_times_the_work(unit: str) -> None:
    small, large = (HEAD + unit * (size // len(unit)) for size in SIZES)
    _warm_up(unit)
    assert work(large) <= TIMES * max(work(small), 200)


@pytest.mark.parametrize(
    "unit",
    ["------ ", "------ A ", "1. (C) x. ", "B. 08 LIMA 45 ", "LIMA 00000012 002 OF 003 ", "TAGS: "],
)
@pytest.mark.parametrize("head", ["Content\n", ""])
def test_a_collapsed_page(unit: str, head: str) -> None:
    """A PlusD page in one line, and a synopsis whose last row never ends."""
    synopsis = f"A\nDate: 2009 March 30\tCanonical ID: 09LIMA12_a\nTo: {head}"
    small, large = (synopsis + unit * (size // len(unit)) for size in SIZES)
    _warm_up(unit)
    assert work(large) <= TIMES * max(work(small), 200)


@pytest.mark.parametrize(
    "unit", ["<div>", "<p>a", "<b><i>x", "&amp;", "<br>", "<td>", "<!-- -->", "<p>1. (U) a</p>"]
)
def test_markup(unit: str) -> None:
    small, large = unit * (4_000 // len(unit)), unit * (40_000 // len(unit))
    work(small, "html")
    assert work(large, "html") <= 13 * max(work(small, "html"), 500)


# All in capitals as the wire sent them, with two lines over the E.O. line, and nothing that ends a telegram.
CAPITALS = (
    "FM AMEMBASSY LIMA\nTO SECSTATE WASHDC\nUNCLAS LIMA {0:06}\n\nE.O. 11652: N/A\n"
    "SUBJECT: PORT {0}\n\n1. PORT {0}\n\n"
)
# With a sentence, and the wire's end.
SHORT = (
    "R 230844Z MAR 07\nFM AMEMBASSY LIMA\nUNCLAS LIMA {0:06}\nE.O. 12958: N/A\nTAGS: PREL\n"
    "SUBJECT: Port {0}\n\n1. (U) Ship {0} came in.\n\n2. (U) It left again.\n\nNNNN\n\n"
)


def several(form: str, count: int) -> str:
    """A page of so many telegrams."""
    return "".join(form.format(number) for number in range(1, count + 1))


@pytest.mark.parametrize("form", [CAPITALS, SHORT])
def test_many_cables_on_a_page(form: str) -> None:
    """Eight times the telegrams are eight times the work, the segments and what an index keeps of them."""

    def kept(count: int) -> tuple[Cable, ...]:
        cables = parse(RawPage(several(form, count), "page", "text", "0" * 64))
        assert len(cables) == count
        return cables

    few, many = kept(50), kept(400)
    work(several(form, 20))
    assert work(several(form, 400)) <= 10 * work(several(form, 50))
    for size in (
        lambda cable: len(cable.segments),
        lambda cable: len(pack_cable(cable)),
        lambda cable: sum(len(segment.text) for segment in cable.segments),
    ):
        assert sum(map(size, many)) <= 8.8 * sum(map(size, few))


@pytest.mark.parametrize(
    "unit",
    ["-", "7", "1. (U) ", "(", " ", "A ", "REF: ", "SUBJECT: a ", "\t", ".", "EO 12958 ", "1."],
)
def test_a_megabyte_on_one_line_is_read_or_set_aside(unit: str) -> None:
    page = RawPage(HEAD + unit * (1_000_000 // len(unit)), "page", "text", "0" * 64)
    try:
        cables = parse(page)
    except NotACable:
        return
    assert "".join(segment.text for segment in cables[0].segments) == page.text


# Forms with lines whose blanks mean something: to each of them a run of blanks is given in its turn.
FORMS: dict[str, tuple[str, Markup]] = {
    "telegram": (
        f"{HEAD}1. (U) The ship came in. END SUMMARY\n\n2. (C) It left again.\nLAMP\n".replace(
            "UNCLAS", "TO SECSTATE WASHDC\nINFO AMEMBASSY QUITO\nUNCLAS SECTION 01 OF 02"
        ).replace(
            "SUBJECT:", "REF: A. LIMA 1 B. 07 QUITO 22\nClassified By: A Lamp for reasons 1.4 b\nSUBJECT:"
        ),
        "text",
    ),
    "NARA": (
        "Message Text\nPAGE 01  LIMA 00012  241800Z\nUNCLASSIFIED\nACTION ARA-10\nINFO OCT-01 /011 W\n"
        "R 241730Z JAN 74\nFM AMEMBASSY LIMA\nTO SECSTATE WASHDC 1234\nUNCLAS LIMA 0012\nE.O. 11652: N/A\n"
        "TAGS: EAGR, PE\nSUBJECT: WHEAT\n1. WHEAT CAME.\nUNCLASSIFIED\nMessage Attributes\nDraft Date: 24 JAN 1974\n",
        "text",
    ),
    "page": (f"<h1>Cable</h1><pre>{HEAD}1. (U) A ship\n</pre><p>2. (C) Left <b>again</b> now</p>", "html"),
}  # fmt: skip
# A pattern that goes over the run once for each of its signs needs minutes for it; one that goes over it once, or a
# few times, some milliseconds.
RUN, SECONDS = 100_000, 20


@pytest.fixture
def clock() -> Iterator[None]:
    """The work may take so many seconds of the processor."""

    def late(signal_number: int, frame: object) -> NoReturn:
        pytest.fail(f"not read in {SECONDS} seconds")

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("blank", [" ", "\t", "\f", "\xa0"])
@pytest.mark.parametrize("form", FORMS)
def test_a_run_of_blanks_anywhere_is_read_in_its_length(form: str, blank: str) -> None:
    text, markup = FORMS[form]
    places = [place for place, sign in enumerate(text) if sign == " "]
    assert len(places) > 15
    for place in places:
        page = RawPage(text[:place] + blank * RUN + text[place:], "page", markup, "0" * 64)
        try:
            cables = parse(page)
        except NotACable:
            continue
        assert cables
