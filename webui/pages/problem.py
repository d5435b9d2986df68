"""What is said when a page cannot be shown."""

from __future__ import annotations

from dataclasses import dataclass

from webui.asking.address import State, build, cable_path

_HEADINGS = {
    400: "Please check the address",
    406: "Not in this form",
    404: "Page not found",
    405: "This page can only be read",
    413: "This is too much at once",
    429: "Too many requests",
    500: "Something went wrong",
    503: "The index can't be read right now",
}
_MESSAGES = {
    404: "There is no page at this address. It may be cut short.",
    405: "These pages accept no data.",
    500: "The error is on our side and has been logged. Other pages should work.",
}


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """A heading and a sentence; `link` leads to what is there instead, with `link_text`, "" if there is nothing."""

    heading: str
    message: str
    link: str = ""
    link_text: str = ""


def problem_page(code: int, message: str) -> ProblemPage:
    """The page for an HTTP status; `message` is shown where this module has no better sentence."""
    return ProblemPage(
        _HEADINGS.get(code, "This page can't be shown"), _MESSAGES.get(code, message)
    )


def too_slow_page(message: str) -> ProblemPage:
    """The page for a question that was given up."""
    return ProblemPage("This question takes too long", message)


def busy_page(message: str) -> ProblemPage:
    """The page for a question that can be answered later, and not now."""
    return ProblemPage("Please ask again in a moment", message)


def not_here_page(message: str, cable_id: str, what: str, state: State) -> ProblemPage:
    """The page for a cable or a paragraph that is not in the collection; it leads to the cable, if that is, with what
    was asked, or to the search."""
    if cable_id:
        link, text = build(state, cable_path(cable_id)), f"Go to {cable_id}"
        return ProblemPage("This paragraph is not here", message, link, text)
    heading = f"This {what} is not here"
    if state.asks_nothing:
        return ProblemPage(heading, message)
    return ProblemPage(heading, message, build(state), "Back to the results")
