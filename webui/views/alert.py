"""The page with the entry that keeps a search as an alert."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from webui.asking.address import parse
from webui.asking.questions import Question
from webui.pages.alert import alert_page
from webui.pages.frame import box
from webui.site import this_site

blueprint = Blueprint("alert", __name__)


@blueprint.get("/alert")
def alert() -> str:
    """What to write into the file of alerts for the search of the address."""
    state = parse(request.args.items(multi=True))
    question = Question(state, this_site().settings.page_size)
    page = alert_page(state, question.tree, too_long=bool(question.parsed.cut))
    return render_template("alert.html", page=page, box=box(state))
