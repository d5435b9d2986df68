"""What browsers, crawlers and search boxes of browsers ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import quote
from xml.sax.saxutils import escape

from flask import Blueprint, Response, abort, jsonify, request

from search import sources as manifests
from search.asking.advice import ANYTHING
from search.language.tree import Query
from webui.asking.address import parse
from webui.errors import BadAddress
from webui.middleware.turns import take_a_place
from webui.site import own_address, this_site

blueprint = Blueprint("machines", __name__)

# The protocol's own limit for one sitemap.
MAX_URLS = 50_000
# So many are read from the index at once.
_PIECE = 5_000
_SUGGESTED = 8
# OpenSearch 1.1: a short name has at most 16 characters.
_SHORT_NAME = 16

# Every link of a page of results is another page of results: a crawler would never end. It is given the cables.
_ROBOTS = """\
User-agent: *
Disallow: /search
Disallow: /values/
Disallow: /terms
Disallow: /missing/numbers/
Disallow: /collection
Disallow: /compare
Disallow: /api/
Disallow: /*?
"""
_OPENSEARCH = """\
<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>{short}</ShortName>
  <Description>{title}: full-text search of diplomatic cables</Description>
  <InputEncoding>UTF-8</InputEncoding>
  <Url type="text/html" template="{site}/search?q={{searchTerms}}"/>
  <Url type="application/atom+xml" template="{site}/search.atom?q={{searchTerms}}"/>
  <Url type="application/x-suggestions+json" template="{site}/opensearch-suggestions?q={{searchTerms}}"/>
</OpenSearchDescription>
"""
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What crawlers should leave alone, and where the cables are listed."""
    try:
        where = f"Sitemap: {own_address()}/sitemap.xml\n"
    except BadAddress:
        # Crawlers can do without, and the rules hold by whatever name they came.
        where = ""
    return Response(_ROBOTS + where, mimetype="text/plain")


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """How a browser adds the site to its search boxes."""
    title = this_site().settings.title
    text = _OPENSEARCH.format(
        short=escape(title[:_SHORT_NAME]), title=escape(title), site=escape(own_address())
    )
    return Response(text, content_type="application/opensearchdescription+xml")


@blueprint.get("/opensearch-suggestions")
def suggestions() -> Response:
    """What a browser's box suggests, in its own form: what was typed, and a list of questions."""
    typed = parse(request.args.items(multi=True)).q
    found = this_site().searcher.complete(typed, _SUGGESTED)
    response = jsonify([typed, [each.question for each in found][:_SUGGESTED]])
    response.content_type = "application/x-suggestions+json"
    return response


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """The list of sitemaps, each of `MAX_URLS` cables."""
    count = -(-this_site().searcher.stats().cables // MAX_URLS)
    site = escape(own_address())
    maps = "".join(
        f"<sitemap><loc>{site}/sitemap-{number}.xml</loc></sitemap>\n"
        for number in range(1, count + 1)
    )
    return Response(
        f"{_XML}<sitemapindex {_NAMESPACE}>\n{maps}</sitemapindex>\n", content_type="text/xml"
    )


@blueprint.get("/sitemap-<int:number>.xml")
def sitemap_part(number: int) -> Response:
    """The cables of one sitemap, in the order of their ids."""
    count = -(-this_site().searcher.stats().cables // MAX_URLS)
    if not 1 <= number <= count:
        abort(404)
    return Response(
        _sitemap(_ids((number - 1) * MAX_URLS), escape(own_address())), content_type="text/xml"
    )


def _sitemap(ids: Iterable[str], site: str) -> Iterator[str]:
    yield f"{_XML}<urlset {_NAMESPACE}>\n"
    for each in ids:
        yield f"<url><loc>{site}/cable/{escape(quote(each))}</loc></url>\n"
    yield "</urlset>\n"


def _ids(start: int) -> list[str]:
    """The ids of a sitemap's cables, in their order, from that place on.

    The list of what the index was made from has them in order. An index without one is searched, page by page.
    """
    site = this_site()
    if site.folders:
        with manifests.read_together(site.folders) as manifest:
            found = list(islice(manifest.cables(), start, start + MAX_URLS))
        if found:
            return found
    take_a_place()
    found = []
    pieces = MAX_URLS // _PIECE
    for page in range(start // _PIECE + 1, start // _PIECE + pieces + 1):
        # A cable without a paragraph has a header.
        query = Query(ANYTHING, page=page, size=_PIECE, per_cable=1, snippets=False)
        some = site.searcher.search(query)
        found += [group.cable.id for group in some.groups]
        if not some.after:
            break
    return found
