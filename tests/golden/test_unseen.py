"""Pages that were written, with what is right, by people who know cables, before anybody looked at how they are read.

`unseen.json` has header spellings, layouts of bodies, and documents of FRUS, NARA, the FOIA and tables; all names in
them are invented. For each kind that was read wrongly there are neighbours, made before the rule for it was. What is
right is told as the JSON of a cable tells it; `texts`, `anchors`, `marks`, `parts` and `sections` are the paragraphs',
`refs` the ids of the references, `contains` what stands in a paragraph, `contains_any` what stands in any.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.cable_json import cable_to_json
from indexer.inputs.files import read
from indexer.inputs.finding import PageFile
from indexer.page import RawPage, SetAside
from indexer.parse import parse

Json = dict[str, Any]

UNSEEN: dict[str, list[Json]] = json.loads(
    (Path(__file__).parent / "unseen.json").read_text(encoding="utf-8")
)
# The header that a spelling stands in, unless it says otherwise.
FIELDS = {
    "dtg": "P 221505Z MAR 09",
    "to": "TO RUEHC/SECSTATE WASHDC PRIORITY 3645",
    "cls": "C O N F I D E N T I A L LA PAZ 000413\n\nSIPDIS",
    "eo": "E.O. 12958: DECL: 03/22/2019",
    "tags": "TAGS: ETRD, ECON, BL",
    "subject": "SUBJECT: HARBOR FEES RISE",
    "ref": "",
    "by": "Classified By: Ambassador Horatio Quill for reasons 1.4 (b) and (d).",
    "body": "\n1. (C) The port raised its lighterage fees on March 20.\n\n"
    "2. (C) Shippers have appealed to the city.\nQUILL\n",
}
RIGHT = {
    "id": "09LAPAZ413",
    "subject": "HARBOR FEES RISE",
    "tags": ["ETRD", "ECON", "BL"],
    "texts": [
        "The port raised its lighterage fees on March 20.",
        "Shippers have appealed to the city.",
    ],
    "signed_by": ["QUILL"],
    "problems": [],
}
WIRE = """VZCZCXRO0412
RR RUEHLMC
DE RUEHWN #0417/01 1341840
ZNR UUUUU ZZH
R 141840Z MAY 07
FM AMEMBASSY BRIDGETOWN
TO RUEHC/SECSTATE WASHDC 4611
INFO RUCNCOM/EC CARICOM COLLECTIVE
UNCLAS SECTION 01 OF 03 BRIDGETOWN 000417

SIPDIS

SENSITIVE

E.O. 12958: N/A
TAGS: EAGR ETRD BB
SUBJECT: NUTMEG GROWERS COUNT THEIR LOSSES

"""
RIGHT_OF_BODIES = {
    "id": "07BRIDGETOWN417",
    "subject": "NUTMEG GROWERS COUNT THEIR LOSSES",
    "problems": [],
}
OF_PARAGRAPHS = {
    "texts": "text",
    "anchors": "anchor",
    "marks": "mark",
    "parts": "part",
    "sections": "section",
}


def with_header(said: Json) -> str:
    """A cable with the fields of a spelling; a field given as None stands on no line."""
    fields = FIELDS | said
    wire = "VZCZCXYZ0000\nPP RUEHWEB\n\nDE RUEHLP #0413 0811505\nZNY CCCCC ZZH\n"
    drafted = [fields[name] for name in ("eo", "tags", "subject") if fields[name] is not None]
    if fields["ref"]:
        drafted.append(f"\n{fields['ref']}")
    if fields["by"]:
        drafted.append(f"\n{fields['by']}")
    top = "\n".join([fields["dtg"], "FM AMEMBASSY LA PAZ", fields["to"], fields["cls"]])
    return "\n".join([wire + top, "", *drafted, fields["body"]])


def value(cable: Json, name: str) -> Any:
    """What a cable says, by the names that `unseen.json` uses."""
    paragraphs = cable["paragraphs"]
    if name in OF_PARAGRAPHS:
        said = [each[OF_PARAGRAPHS[name]] for each in paragraphs]
        return [each and " ".join(each.split()) for each in said]
    if name in {"refs", "ref_ids"}:
        return [each["id"] for each in cable["references"] if each["id"] or name == "refs"]
    if name in {"to", "info"}:
        return [each["name"] for each in cable[name]]
    if name == "problems":
        return [each["code"] for each in cable["problems"]]
    if name == "footnote_count":
        return len(cable["footnotes"])
    if name == "page_marks":
        return sum(each["kind"] == "page-mark" for each in cable["segments"])
    if name == "last":
        return [paragraphs[-1]["number"], paragraphs[-1]["text"]]
    return cable[name]


def wrong(cable: Json, right: Json) -> list[tuple[str, Any, Any]]:
    """What a cable says otherwise: the name, what is right, what was read."""
    found = []
    texts = {each["anchor"]: " ".join(each["text"].split()) for each in cable["paragraphs"]}
    for name, wanted in right.items():
        if name == "contains":
            missing = [
                words
                for anchor, many in wanted.items()
                for words in many
                if words not in texts[anchor]
            ]
        elif name == "contains_any":
            missing = [
                words for words in wanted if all(words not in text for text in texts.values())
            ]
        else:
            said = value(cable, name)
            if name == "classified_by":
                said, wanted = [each.upper() for each in said], [each.upper() for each in wanted]
            missing = [] if said == wanted else [said]
        if missing:
            found.append((name, wanted, missing))
    return found


def one(text: str) -> Json:
    (cable,) = parse(RawPage(text, "page"))
    return cable_to_json(cable)


@pytest.mark.parametrize("page", UNSEEN["headers"], ids=lambda page: page["name"])
def test_spellings_of_a_header(page: Json) -> None:
    cable = one(with_header(page["said"]))
    assert wrong(cable, RIGHT | page["right"]) == []


@pytest.mark.parametrize("page", UNSEEN["bodies"], ids=lambda page: page["name"])
def test_layouts_of_a_body(page: Json) -> None:
    assert wrong(one(WIRE + page["body"]), RIGHT_OF_BODIES | page["right"]) == []


@pytest.mark.parametrize("page", UNSEEN["documents"], ids=lambda page: page["name"])
def test_documents(page: Json, tmp_path: Path) -> None:
    path = tmp_path / page["file"]
    path.write_text(page["text"], encoding="utf-8")
    cables: list[Json] = []
    aside: list[SetAside] = []
    for item in read(PageFile(path, path.name)):
        if isinstance(item, RawPage):
            cables += map(cable_to_json, parse(item))
        elif isinstance(item, SetAside):
            aside.append(item)
    assert len(aside) == page["aside"]
    assert [wrong(cable, right) for cable, right in zip(cables, page["rights"], strict=True)] == [
        [] for _ in page["rights"]
    ]
