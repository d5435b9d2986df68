"""How Zotero reads a page and a record: the rules of its own translators, followed step by step.

Zotero's code is no package of a public registry, so its rules stand here in our words, each named by the translator it
was read in (the public repositories `zotero/translators` and `zotero/utilities`): unAPI (version of 2019-06-10),
Embedded Metadata (2018-11-01) with RDF, RIS (2019-10-19), and `cleanAuthor` of the utilities. What no page of ours can
make them do is left out.

An item is a dictionary by the names of Zotero's fields; a name that it would keep in one field is `lastName` alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html.parser import HTMLParser
from typing import Any
from xml.parsers import expat

Item = dict[str, Any]
Get = Callable[[str], str]

# The fields of a letter besides title, creators, tags and notes (Zotero's schema of item types).
LETTER = frozenset(
    {
        "abstractNote", "letterType", "date", "language", "shortTitle", "url", "accessDate", "archive",
        "archiveLocation", "libraryCatalog", "callNumber", "rights", "extra",
    }
)  # fmt: skip
LETTER_CREATORS = ("author", "contributor", "recipient")
# The namespaces that Embedded Metadata knows by their short names.
_PREFIXES = {
    "bib",
    "bibo",
    "dc",
    "dcterms",
    "prism",
    "foaf",
    "vcard",
    "link",
    "z",
    "eprint",
    "eprints",
    "og",
    "article",
}
_HIGHWIRE = {
    "citation_title": "title", "citation_publication_date": "date", "citation_cover_date": "date",
    "citation_date": "date", "citation_public_url": "url", "citation_publisher": "publisher",
    "citation_abstract": "abstractNote", "citation_language": "language",
}  # fmt: skip
# RIS tags of a letter: its own, those of every type, and those that are read and never written.
_RIS_TYPES = {
    "PCOMM": "letter",
    "GOVDOC": "report",
    "RPRT": "report",
    "GEN": "journalArticle",
    "ELEC": "webpage",
}
_RIS_FIELDS = {
    "TI": "title", "AB": "abstractNote", "AN": "archiveLocation", "CN": "callNumber", "DB": "archive",
    "M3": "letterType", "UR": "url", "LA": "language", "ST": "shortTitle", "Y2": "accessDate", "M1": "extra",
    "M2": "extra", "DA": "date",
}  # fmt: skip
_RIS_LINE = re.compile(r"^([A-Z][A-Z0-9]) {1,2}-(?: (.*))?$")


class Page(HTMLParser):
    """What of a page the translators look at."""

    def __init__(self, html: str, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.url = url
        self.metas: list[dict[str, str]] = []
        self.links: list[dict[str, str]] = []
        self.unapi_ids: list[str] = []
        self.json_ld: list[str] = []
        self._in_json = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self.metas.append(found)
        elif tag == "link":
            self.links.append(found)
        elif tag == "abbr" and "unapi-id" in found.get("class", "").split() and "title" in found:
            self.unapi_ids.append(found["title"])
        elif tag == "script" and found.get("type") == "application/ld+json":
            self._in_json = True
            self.json_ld.append("")

    def handle_endtag(self, tag: str) -> None:
        self._in_json = self._in_json and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._in_json:
            self.json_ld[-1] += data


def clean_author(name: str, kind: str, *, comma: bool) -> dict[str, str]:
    """A creator of a name (`cleanAuthor`): parted at a comma, else at its last blank.

    With a comma the first full stop that no blank follows gets one, and only the first.
    """
    name = re.sub(r"^[\s\u00a0.,/\[\]:]+", "", name)
    name = re.sub(r"[\s\u00a0.,/\[\]:]+$", "", name)
    name = re.sub(r"[\s\u00a0]+", " ", name, count=1)
    if comma:
        name = re.sub(r"\.([^ ])", r". \1", name, count=1)
        last, *first = re.split(r", ?", name)
        return _creator(last, first[0] if first else "", kind)
    first_name, _, last = name.rpartition(" ")
    return _creator(last, first_name, kind)


def _creator(last: str, first: str, kind: str) -> dict[str, str]:
    found = {"creatorType": kind, "lastName": last}
    return {**found, "firstName": first} if first else found


def unapi(page: Page, get: Get) -> list[Item]:
    """The items of a page by unAPI: each id from its server, in the format that Zotero likes best of those it has.

    The id stands in the address as it stands on the page: it is not encoded.
    """
    server = next((each["href"] for each in page.links if each.get("rel") == "unapi-server"), "")
    if not server:
        return []
    formats = {name.lower(): name for name in _formats(get(server))}
    # Zotero's order has RDF, MARC and MODS before it.
    assert (
        next(name for name in ("rdf_zotero", "mods", "ris", "bibtex") if name in formats) == "ris"
    )
    found = []
    for ident in page.unapi_ids:
        (item,) = ris(get(f"{server}?id={ident}&format={formats['ris']}"))
        found.append(item)
    return found


def _formats(xml: str) -> list[str]:
    """The names of the formats that a server of unAPI has."""
    found = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "format":
            found.append(attributes["name"])

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(xml.encode(), True)
    return found


def embedded_metadata(page: Page) -> Item:
    """The item of a page by Embedded Metadata: what RDF makes of names with a known prefix, then Highwire's names."""
    statements = list(_statements(page.metas))
    told: dict[str, list[str]] = {}
    for name, value in statements:
        told.setdefault(name, []).append(value)
    item: Item = {"creators": [], "tags": [], "notes": []}
    highwire = {each.get("name", ""): each.get("content", "") for each in reversed(page.metas)}
    guessed = "journalArticle" if "citation_title" in highwire else ("webpage" if told else "")
    item["itemType"] = (told.get("z:itemType") or [guessed])[0]
    if item["itemType"] == "letter":
        kinds = {
            "author": "dc:creator",
            "recipient": "z:recipients",
            "contributor": "bib:contributors",
        }
        for kind in LETTER_CREATORS:
            for name in told.get(kinds[kind], ()):
                item["creators"].append(clean_author(name, kind, comma="," in name))
    item["letterType"] = (told.get("dc:type") or [""])[0]
    item["archiveLocation"] = (told.get("dc:coverage") or [""])[0]
    if "dc:description" in told:
        item["extra" if "z:itemType" in told else "abstractNote"] = told["dc:description"][0]
    # Any other field of Zotero's own namespace is taken as it is.
    item |= {name[2:]: values[0] for name, values in told.items() if name.startswith("z:")}
    for name, field in _HIGHWIRE.items():
        if highwire.get(name, "").strip():
            item[field] = " ".join(highwire[name].split())
    authors = [each["content"] for each in page.metas if each.get("name") == "citation_author"]
    if authors:
        # What RDF had of creators is dropped.
        item["creators"] = [clean_author(name, "author", comma="," in name) for name in authors]
    item.setdefault("url", page.url)
    return _of_its_type(item)


def _statements(metas: Iterable[dict[str, str]]) -> Iterable[tuple[str, str]]:
    """A name with a prefix as RDF has it: `DC.creator` is `dc:creator`; of three signs the first parts it."""
    for each in metas:
        value = each.get("content", "")
        for tag in (each.get("name") or each.get("property", "")).split():
            prefix, _, name = re.sub(r"[.:_]", "\n", tag, count=1).partition("\n")
            if value and prefix.lower() in _PREFIXES:
                yield f"{prefix.lower()}:{name[:1].lower()}{name[1:]}", value


def ris(text: str) -> list[Item]:
    """The items of records in RIS. A creator is parted at commas; a field that a letter lacks goes into a note."""
    items: list[Item] = []
    item: Item = {}
    for line in text.splitlines():
        found = _RIS_LINE.match(line)
        if found is None:
            assert not line.strip(), f"a line outside of a record: {line!r}"
            continue
        tag, value = found[1], (found[2] or "").strip()
        if tag == "TY":
            item = {"itemType": _RIS_TYPES[value], "creators": [], "tags": [], "notes": []}
        elif tag == "ER":
            items.append(_of_its_type(item))
        elif value:
            _take(item, tag, value)
    return items


def _take(item: Item, tag: str, value: str) -> None:
    creators = {
        "AU": "author",
        "A2": "recipient" if item["itemType"] == "letter" else "seriesEditor",
    }
    if tag in creators:
        last, *first = re.split(r"\s*,\s*", value)
        item["creators"].append(_creator(last, first[0] if first else "", creators[tag]))
    elif tag == "KW":
        item["tags"] += [each for each in re.split(r"\s*;\s*", value) if each]
    elif tag == "N1":
        item["notes"].append(value)
    elif tag == "PY":
        item.setdefault("date", value)
    elif tag == "DA":
        item["date"] = _date(value)
    elif tag in _RIS_FIELDS and not (tag == "M3" and item["itemType"] != "letter"):
        item.setdefault(_RIS_FIELDS[tag], value)
    elif tag != "ID":
        item["notes"].append(f"{tag}: {value}")


def _date(value: str) -> str:
    """`2007/03/23/` by its parts, without zeros before them; what stands behind the third slash is text before them."""
    year, month, day, other = (*value.split("/", 3), "", "", "")[:4]
    parts = "-".join(filter(None, (year, month, day)))
    return f"{parts} {other}".strip()


def _of_its_type(item: Item) -> Item:
    """Without the fields that an item of its type doesn't have, which Zotero drops, and without empty ones."""
    kept = {"itemType", "title", "creators", "tags", "notes"} | LETTER
    return {name: value for name, value in item.items() if name in kept and value}
