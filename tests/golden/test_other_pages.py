"""HTML pages of two more sites, rebuilt around a specimen's wire text from what is known of their markup."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest

from corpus.model import Cable

PLUSD = """<html><head><title>x</title></head><body><div id="submit">Tips for sources, of no cable</div>
<table id="synopsis"><tbody><tr><td colspan="3">GHANA: CONTAINER SCANNERS FIND COCAINE</td></tr>
<tr><td><div class="s_key">Date:</div><div class="s_val">2009 February 17, 10:45 (Tuesday)</div></td>
<td><div class="s_key">Canonical ID:</div><div class="s_val">09ACCRA900031_a</div></td></tr>
<tr><td><div class="s_key">Original Classification:</div><div class="s_val">SECRET | NOFORN</div></td>
<td><div class="s_key">From:</div><div class="s_val">Ghana Accra</div></td>
<td><div class="s_key">TAGS:</div><div class="s_val">SNAR | PREL</div></td></tr></tbody></table>
<div>Content</div><div>Show Headers</div><pre>{text}</pre><div>Raw content</div><div>Print</div></body></html>"""
CABLEGATESEARCH = """<html><body><h1>Cablegate Search</h1><div id="main"><div id="cable"><div id="cableid-31">
<table id="cable-summary"><tr><td>Reference ID<td>09ACCRA900031<tr><td>Created<td>2009-02-17 10:45
<tr><td>Classification<td>SECRET<tr><td>Origin<td>Embassy Accra</table></div>
<div class="cable-content"><div id="cable-header">{header}</div>
<div class="cable-body"><span class="toggleHeader">[Show header]</span>{body}</div></div></div></div></body></html>"""

# The site's first year: the subject stands first, and may name another cable; the body has an id.
FIRST_YEAR = """<html><head><title>Cable reference id: #09ACCRA900031</title></head><body>
<h1>Cable reference id: #09ACCRA900031</h1><div id="navi"><a href="/cart.php">Private cart</a></div>
<div id="main"><div id="cable"><!-- cable --><div id="cableid-14"><table id="cable-summary">
<tr><td>Subject<td><div class="cartToggler"></div>SCANNERS: SEE 09ACCRA12<tr><td>Origin<td>Embassy Accra (Ghana)
<tr><td>Cable time<td>Tue, 17 Feb 2009 10:45 UTC<tr><td>Classification<td>SECRET
<tr><td>Reference id<td>09ACCRA900031<tr><td>Release time<td>Tue, 30 Aug 2011 01:44 UTC</table></div>
<div><!-- cable content --><div id="cable-header">{header}</div><div id="cable-body"><!-- body -->
<span class="toggleHeader">Hide header</span>{body}</div></div></div></div></body></html>"""


@pytest.fixture(scope="module")
def wire(root: Path) -> str:
    text = (root / "corpus/samples/telegrams/09ACCRA900031.txt").read_text(encoding="utf-8")
    return text[text.index("VZCZC") if "VZCZC" in text else text.index("DE RU") :]


@pytest.mark.parametrize("site", ["plusd", "cablegatesearch", "cablegatesearch, first year"])
def test_the_cable_is_the_plain_one(site: str, wire: str, read: Callable[[str], Cable]) -> None:
    text = escape(wire, quote=False)
    if site == "plusd":
        page = PLUSD.format(text=text)
    else:
        cut = text.index("S E C R E T")
        form = FIRST_YEAR if "year" in site else CABLEGATESEARCH
        page = form.format(header=text[:cut], body=text[cut:])
    cable, plain = read(page), read(wire)
    assert cable.source == site.split(",")[0]
    assert cable.problems == plain.problems
    assert (cable.id, cable.date, cable.origin) == (plain.id, plain.date, plain.origin)
    assert (cable.classification, cable.caveats) == (plain.classification, plain.caveats)
    assert (cable.subject, cable.tags) == (plain.subject, plain.tags)
    assert cable.paragraphs == plain.paragraphs
    text = " ".join(paragraph.text for paragraph in cable.paragraphs)
    assert "Tips for sources" not in text
    assert "Show header" not in text
    assert "Hide header" not in text


def test_an_element_of_that_name_elsewhere_is_no_page_of_the_site(
    wire: str, read: Callable[[str], Cable]
) -> None:
    text = escape(wire, quote=False)
    page = f'<html><body><h1>Cable</h1><div id="cable-body"><pre>{text}</pre></div></body></html>'
    assert read(page).source != "cablegatesearch"
