"""Telegrams made into other versions of themselves, and into neighbours that are no versions: what
`benchmarks/same_telegram.py` measures with.

Owns the kinds of damage. All of them change the page, and the parser reads what comes of it; nothing here knows how
telegrams are compared. The same seed gives the same pages.
"""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from corpus.model import Cable
from corpus.posts import post_by_spelling


@dataclass(frozen=True, slots=True)
class Telegram:
    """What a page is made of. `number` is "" where the page has none."""

    post: str
    number: str
    moment: datetime
    subject: str
    paragraphs: tuple[str, ...]
    to: str = "SECSTATE WASHDC"
    level: str = "CONFIDENTIAL"
    note: str = ""
    width: int = 66
    page_marks: bool = False
    times: bool = True
    form: str = "wire"


Change = Callable[[Telegram, "Damage"], Telegram]

# What a scanner reads for another letter.
_MISREAD = {
    "o": "0c", "l": "1i", "i": "l1", "e": "co", "a": "os", "s": "5z", "b": "h6", "m": "rn", "h": "b", "c": "eo",
    "u": "n", "n": "u", "t": "fl", "r": "t", "g": "q9", "d": "cl", "0": "o", "1": "l", "5": "s", "8": "b",
}  # fmt: skip
# What an edition writes out.
_WRITTEN_OUT = {
    "EMB": "Embassy", "EMBASSY": "Embassy", "AMB": "Ambassador", "DEPT": "Department", "GOB": "Government of Brazil",
    "GOI": "Government of Italy", "GOF": "Government of France", "USG": "United States Government", "RE": "regarding",
    "MTG": "meeting", "INFO": "information", "GOVT": "Government", "FONMIN": "Foreign Minister",
    "PRIMIN": "Prime Minister", "PRES": "President", "SECY": "Secretary", "REFTEL": "reference telegram",
    "SEPTEL": "separate telegram", "NATL": "national", "INTL": "international", "POLIT": "political",
}  # fmt: skip
_WORD = re.compile(r"[A-Za-z]+|[0-9]+")
_FIGURE = re.compile(r"[0-9]+")
_SURNAMES = [
    "ALVARADO",
    "BENITEZ",
    "CORDOVA",
    "DUARTE",
    "ESPINOZA",
    "FUENTES",
    "GALINDO",
    "HERRERA",
    "IBARRA",
    "JURADO",
    "KOVACS",
    "LEDESMA",
    "MONCADA",
    "NAVARRO",
    "OSORIO",
    "PALACIOS",
    "QUIROGA",
    "RIBEIRO",
    "SALINAS",
    "TORREALBA",
    "URRUTIA",
    "VALDIVIA",
    "WEISS",
    "XIMENES",
    "YBARRA",
    "ZAMBRANO",
]
_SPELLINGS = {
    "LABOR": "LABOUR", "PROGRAM": "PROGRAMME", "HONOR": "HONOUR", "CENTER": "CENTRE", "DEFENSE": "DEFENCE",
    "PEKING": "BEIJING", "RUMANIA": "ROMANIA", "MOSLEM": "MUSLIM", "KOREAN": "KOREAN", "TOWARD": "TOWARDS",
}  # fmt: skip


class Damage:
    """The kinds of versions and of neighbours, drawn from one seed."""

    def __init__(self, seed: int, others: tuple[Telegram, ...]) -> None:
        self.draw = random.Random(seed)  # noqa: S311 - it chooses damage, not keys
        self.others = others

    def other(self, telegram: Telegram) -> Telegram:
        while True:
            found = self.draw.choice(self.others)
            if found.paragraphs != telegram.paragraphs and len(found.paragraphs) > 1:
                return found

    def text(self, words: int) -> tuple[str, ...]:
        """A text that no telegram has: a sentence of each of many, in paragraphs of some words."""
        made: list[str] = []
        paragraph: list[str] = []
        while sum(len(each.split()) for each in made) < words:
            sentences = self.draw.choice(self.draw.choice(self.others).paragraphs).split(". ")
            paragraph.append(self.draw.choice(sentences))
            if self.draw.random() < 0.3:
                made.append(". ".join(paragraph))
                paragraph = []
        return tuple(made)

    def length(self, telegram: Telegram) -> int:
        """About as many words as a telegram has."""
        return max(20, min(900, sum(len(each.split()) for each in telegram.paragraphs)))

    def letters(self, text: str, share: float) -> str:
        made = []
        for each in text:
            if each.isalnum() and self.draw.random() < share:
                choice = _MISREAD.get(each.lower(), "") or "x"
                new = self.draw.choice((*([choice] if len(choice) > 2 else choice), ""))
                made.append(new.upper() if each.isupper() else new)
            elif each == " " and self.draw.random() < share / 3:
                continue
            else:
                made.append(each)
        return "".join(made)

    def number(self, telegram: Telegram) -> str:
        return str((int(telegram.number or "4000") + self.draw.randint(1, 400)) % 99_999 + 1)

    def later(self, telegram: Telegram, days: int) -> datetime:
        return telegram.moment + timedelta(days=days, minutes=self.draw.randint(1, 300))


def telegram_of(cable: Cable) -> Telegram | None:
    """A telegram with the facts and the text of a real cable; None for one without a date or a text."""
    if cable.date is None or not cable.paragraphs or cable.origin is None:
        return None
    number = _FIGURE.search(cable.message_number or "")
    found = re.search(r"[0-9]+$", cable.id) if cable.source != "frus" else number
    paragraphs = tuple(
        each.text.replace("\n", " ") for each in cable.paragraphs if each.text.strip()
    )
    return Telegram(
        cable.origin.code,
        found[0].lstrip("0") if found else "",
        cable.date.replace(tzinfo=UTC),
        cable.subject or "UNTITLED",
        paragraphs,
    )


def page(telegram: Telegram) -> str:
    """The page of a telegram, as an archive or an edition has it."""
    post = post_by_spelling(telegram.post)
    name = post.name.upper() if post else telegram.post
    if telegram.post == "STATE":
        sender, name = "SECSTATE WASHDC", "STATE"
    else:
        sender = f"AMEMBASSY {name}"
    moment = telegram.moment
    group = (
        moment.strftime("%d%H%MZ %b %y").upper()
        if telegram.times
        else moment.strftime("%B %-d, %Y")
    )
    body: list[str] = []
    for number, text in enumerate(telegram.paragraphs, 1):
        body += textwrap.wrap(f"{number}. {text}", telegram.width, break_on_hyphens=False) or [""]
        body.append("")
    if telegram.page_marks:
        marked: list[str] = []
        for line, text in enumerate(body, 1):
            marked.append(text)
            if line % 18 == 0:
                marked += [
                    "",
                    telegram.level,
                    "",
                    f"PAGE {line // 18 + 1:02d}        {name} {telegram.number:0>5}  {moment:%d%H%M}Z",
                    "",
                ]
        body = marked
    head = (
        [
            telegram.level,
            "",
            f"PAGE 01        {name} {telegram.number:0>5}  {moment:%d%H%M}Z",
            "",
            f"R {group}",
        ]
        if telegram.number
        else [f"{group}"]
    )
    head += [f"FM {sender}", f"TO {telegram.to}", ""]
    if telegram.number:
        head += [f"{telegram.level} {name} {telegram.number}", ""]
    head += ["E.O. 11652: GDS", f"SUBJECT: {telegram.subject}"]
    if telegram.note:
        head += ["", telegram.note]
    return "\n".join([*head, "", *body, "BT", "NNNN", ""])


# Versions: one telegram.


def rewrapped(it: Telegram, by: Damage) -> Telegram:
    """Other lines."""
    return replace(it, width=by.draw.choice((40, 50, 58, 76, 120, 400)))


def page_marked(it: Telegram, by: Damage) -> Telegram:
    """Page marks in the middle of paragraphs."""
    return replace(it, page_marks=True, width=by.draw.choice((60, 66, 69)))


def small_letters(it: Telegram, by: Damage) -> Telegram:
    """Mixed case where it was capitals."""
    return replace(it, paragraphs=tuple(each.capitalize() for each in it.paragraphs))


def misread(it: Telegram, by: Damage) -> Telegram:
    """One letter in a hundred misread."""
    return replace(it, paragraphs=tuple(by.letters(each, 0.01) for each in it.paragraphs))


def badly_misread(it: Telegram, by: Damage) -> Telegram:
    """One letter in thirty misread, in the subject too."""
    return replace(
        it,
        subject=by.letters(it.subject, 0.03),
        paragraphs=tuple(by.letters(each, 0.033) for each in it.paragraphs),
    )


def retitled(it: Telegram, by: Damage) -> Telegram:
    """Another subject."""
    return replace(it, subject=by.other(it).subject)


def rewired(it: Telegram, by: Damage) -> Telegram:
    """Other wire lines: another group of date and time, another addressee, other pages."""
    return replace(
        it,
        moment=it.moment + timedelta(minutes=by.draw.randint(1, 700)),
        to=by.draw.choice(
            ("AMEMBASSY PARIS", "USMISSION USUN NEW YORK", "AMEMBASSY LONDON IMMEDIATE 2211")
        ),
        width=69,
        page_marks=True,
    )


def renumbered(it: Telegram, by: Damage) -> Telegram:
    """Another number of the same day."""
    return replace(it, number=by.number(it))


def dated_only(it: Telegram, by: Damage) -> Telegram:
    """A date in words, no number."""
    return replace(it, number="", times=False)


def edition(it: Telegram, by: Damage) -> Telegram:
    """As an edition prints it: words written out, parts left out, no number, notes."""
    kept = []
    for each in it.paragraphs:
        if len(it.paragraphs) > 3 and by.draw.random() < 0.2:
            kept.append(
                f"[Omitted here is a paragraph on {by.draw.choice(('procedure', 'travel', 'administrative matters'))}.]"
            )
        else:
            kept.append(_WORD.sub(lambda found: _WRITTEN_OUT.get(found[0].upper(), found[0]), each))
    return replace(it, number="", times=False, paragraphs=tuple(kept))


def extract(it: Telegram, by: Damage) -> Telegram:
    """Some paragraphs in a row, without a number."""
    if len(it.paragraphs) < 3:
        return dated_only(it, by)
    many = max(1, round(len(it.paragraphs) * by.draw.uniform(0.3, 0.6)))
    start = by.draw.randint(0, len(it.paragraphs) - many)
    return replace(it, number="", paragraphs=it.paragraphs[start : start + many])


def first_section(it: Telegram, by: Damage) -> Telegram:
    """The first of two sections, sent under the next number."""
    half = max(1, len(it.paragraphs) // 2)
    return replace(
        it,
        number=str(int(it.number or "1200") + 1),
        note="SECTION 1 OF 2",
        paragraphs=it.paragraphs[:half],
    )


def retransmitted(it: Telegram, by: Damage) -> Telegram:
    """Sent once more by the Department, days later."""
    opening = by.draw.choice(
        (
            f"FOLLOWING {it.post} {it.number} DATED {it.moment:%d %b} SENT ACTION SECSTATE IS REPEATED TO YOU QUOTE",
            f"FOLLOWING IS RETRANSMISSION OF {it.post} {it.number}:",
            f"FOLLOWING TELEGRAM FROM {it.post} RETRANSMITTED FOR YOUR INFORMATION: QTE",
        )
    )
    return replace(
        it,
        post="STATE",
        number=str(by.draw.randint(10_000, 299_999)),
        moment=by.later(it, by.draw.randint(0, 6)),
        to="AMEMBASSY LONDON",
        paragraphs=(f"{opening} {it.paragraphs[0]}", *it.paragraphs[1:], "UNQUOTE KISSINGER"),
    )


def repeated(it: Telegram, by: Damage) -> Telegram:
    """Repeated for information to another post, under another number."""
    return replace(
        it,
        number=by.number(it),
        moment=by.later(it, 0),
        to="USMISSION NATO",
        note="REPEATED INFO USMISSION NATO",
    )


def corrected(it: Telegram, by: Damage) -> Telegram:
    """A corrected copy, one paragraph of it another."""
    changed = list(it.paragraphs)
    place = by.draw.randrange(len(changed))
    words = changed[place].split()
    words[by.draw.randrange(len(words))] = "CORRECTION"
    changed[place] = " ".join(words)
    return replace(
        it,
        number=by.number(it),
        moment=by.later(it, 1),
        note="C O R R E C T E D  C O P Y",
        paragraphs=tuple(changed),
    )


def blacked_out(it: Telegram, by: Damage) -> Telegram:
    """Names and a paragraph blacked out."""
    made = []
    for each in it.paragraphs:
        if len(it.paragraphs) > 4 and by.draw.random() < 0.12:
            made.append("XXXXXXXXXXXX")
            continue
        made.append(
            " ".join("XXXXXXXXXXXX" if by.draw.random() < 0.02 else word for word in each.split())
        )
    return replace(it, paragraphs=tuple(made))


def respelt(it: Telegram, by: Damage) -> Telegram:
    """The spellings of another year, and a number that another archive writes otherwise."""
    return replace(
        it,
        paragraphs=tuple(
            _WORD.sub(lambda found: _SPELLINGS.get(found[0].upper(), found[0]), each)
            for each in it.paragraphs
        ),
        number=it.number.zfill(6) if it.number else "",
    )


def very_badly_misread(it: Telegram, by: Damage) -> Telegram:
    """One letter in sixteen misread: about every third word."""
    return replace(it, paragraphs=tuple(by.letters(each, 0.06) for each in it.paragraphs))


def words_lost(it: Telegram, by: Damage) -> Telegram:
    """Every twelfth word lost, under another number."""
    kept = tuple(
        " ".join(word for word in each.split() if by.draw.random() > 1 / 12) or each
        for each in it.paragraphs
    )
    return replace(it, paragraphs=kept, number=by.number(it))


def lines_lost(it: Telegram, by: Damage) -> Telegram:
    """Every sixth line lost, and the number with them."""
    kept = []
    for each in it.paragraphs:
        lines = textwrap.wrap(each, 60) or [each]
        kept.append(" ".join(line for line in lines if by.draw.random() > 1 / 6) or lines[0])
    return replace(it, paragraphs=tuple(kept), number="", times=False)


def scrambled_all(it: Telegram, by: Damage) -> Telegram:
    """Several at once: misread, retitled, other lines, another number."""
    return renumbered(retitled(misread(rewrapped(it, by), by), by), by)


VERSIONS: dict[str, Change] = {
    each.__name__.replace("_", " "): each
    for each in (
        rewrapped, page_marked, small_letters, misread, badly_misread, retitled, rewired, renumbered, dated_only,
        edition, extract, first_section, retransmitted, repeated, corrected, blacked_out, respelt, very_badly_misread,
        words_lost, lines_lost, scrambled_all,
    )
}  # fmt: skip


# Neighbours: other telegrams.


def filled_in_anew(it: Telegram, by: Damage) -> Telegram:
    """The same form a week later: other figures and names, all else as it was."""

    def word(found: re.Match[str]) -> str:
        text = found[0]
        if text.isdigit():
            return str(by.draw.randint(1, 10 ** len(text)))
        return by.draw.choice(_SURNAMES) if len(text) > 4 and by.draw.random() < 0.12 else text

    return replace(
        it,
        number=str(int(it.number or "4000") + by.draw.randint(20, 90)),
        moment=by.later(it, 7),
        paragraphs=tuple(_WORD.sub(word, each) for each in it.paragraphs),
    )


def list_of_names(it: Telegram, by: Damage) -> Telegram:
    """A list of visas under the same sentences."""
    names = ", ".join(
        f"{by.draw.choice(_SURNAMES)} {by.draw.choice(_SURNAMES)}, BORN {by.draw.randint(1, 28)}"
        f" {by.draw.choice(('JAN', 'MAY', 'OCT'))} 19{by.draw.randint(10, 60)}"
        for _ in range(by.draw.randint(6, 25))
    )
    same = (
        "THE CONSULATE HAS RECEIVED APPLICATIONS FOR VISAS FROM THE PERSONS NAMED BELOW. THE DEPARTMENT IS REQUESTED TO"
        " ADVISE WHETHER THE LOOKOUT SYSTEM HAS ANY ENTRY FOR THEM."
    )
    return replace(
        it,
        number=str(int(it.number or "4000") + by.draw.randint(20, 900)),
        moment=by.later(it, by.draw.randint(0, 20)),
        subject="VISAS DONKEY",
        paragraphs=(
            same,
            names,
            "NO DEROGATORY INFORMATION IS KNOWN TO THE POST. PLEASE REPLY BY CABLE WITHIN TEN WORKING DAYS.",
        ),
    )


def answer_that_quotes(it: Telegram, by: Damage) -> Telegram:
    """An answer that has all of it as a quotation, and what the other post says to it."""
    text = " ".join(by.text(by.draw.randint(90, 250)))
    return replace(
        it,
        post=by.draw.choice(("LONDON", "PARIS", "STATE")),
        number=by.number(it),
        moment=by.later(it, by.draw.randint(1, 9)),
        subject=f"RE: {it.subject}",
        paragraphs=(
            f"REFTEL STATES: QUOTE {it.paragraphs[0]}",
            *it.paragraphs[1:],
            "UNQUOTE.",
            text,
        ),
    )


def number_of_another_year(it: Telegram, by: Damage) -> Telegram:
    """The same post and number, two years on."""
    return replace(
        it,
        moment=it.moment + timedelta(days=731),
        subject=by.other(it).subject,
        paragraphs=by.text(by.length(it)),
    )


def short_thanks(it: Telegram, by: Damage) -> Telegram:
    """A few words that every post sends."""
    return replace(
        it,
        number=by.number(it),
        moment=by.later(it, by.draw.randint(0, 30)),
        subject=by.draw.choice(("TRAVEL OF OFFICER", "SEE REFTEL", "THANKS")),
        paragraphs=(
            by.draw.choice(
                (
                    "MANY THANKS FOR YOUR HELP. REGARDS.",
                    "SEE REFTEL.",
                    "CONCUR. PLEASE PROCEED AS PROPOSED REFTEL.",
                )
            ),
        ),
    )


def same_subject(it: Telegram, by: Damage) -> Telegram:
    """Another telegram of the day, on the same subject."""
    return replace(
        it, number=by.number(it), moment=by.later(it, 0), paragraphs=by.text(by.length(it))
    )


def nothing_to_report(it: Telegram, by: Damage) -> Telegram:
    """A status report of the week: the same sentences each time."""
    week = by.draw.randint(1, 52)
    return replace(
        it,
        number=by.number(it),
        moment=by.later(it, 7 * week),
        subject=f"WEEKLY STATUS REPORT NO. {week}",
        paragraphs=(
            "THERE HAS BEEN NO CHANGE IN THE STATUS OF PROJECTS SINCE LAST REPORT. FUNDS OBLIGATED TO DATE ARE DOLS"
            f" {by.draw.randint(1, 99)},{by.draw.randint(100, 999)}.",
            f"PERSONNEL ON BOARD THIS WEEK: {by.draw.randint(5, 40)}. VEHICLES: {by.draw.randint(1, 9)}."
            " NO SECURITY INCIDENTS TO REPORT.",
        ),
    )


def same_opening(it: Telegram, by: Damage) -> Telegram:
    """The same summary, another text."""
    return replace(
        it,
        number=by.number(it),
        moment=by.later(it, 2),
        paragraphs=(it.paragraphs[0][:600], *by.text(max(120, by.length(it)))),
    )


NEIGHBOURS: dict[str, Change] = {
    each.__name__.replace("_", " "): each
    for each in (
        filled_in_anew, list_of_names, answer_that_quotes, number_of_another_year, short_thanks, same_subject,
        nothing_to_report, same_opening,
    )
}  # fmt: skip
