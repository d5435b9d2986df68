"""What axe finds on a page, and which of its rules count."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Page

# Everything that WCAG 2.2 asks for on the levels A and AA, and axe's own good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A scheme changes colours and nothing else.
COLOUR_RULES = ("color-contrast", "link-in-text-block")


def findings(
    page: Page, rules: Sequence[str], within: str = "html", but: Sequence[str] = ()
) -> list[str]:
    """What axe finds on a page as it stands, or in those of its elements that a selector names; a line each.

    `rules` are the tags of rules, or `COLOUR_RULES`; those of `but` are left out.
    """
    kind = "rule" if rules is COLOUR_RULES else "tag"
    options = {
        "resultTypes": ["violations"],
        # Style sheets are read for a rule alone that is experimental, and not asked for; they are fetched each time.
        "preload": {"assets": ["media"]},
        "runOnly": {"type": kind, "values": list(rules)},
        "rules": {name: {"enabled": False} for name in but},
    }
    violations = page.evaluate(
        """async ([within, options]) => {
            const places = [...document.querySelectorAll(within)];
            return places.length ? (await axe.run({include: places}, options)).violations : [];
        }""",
        [within, options],
    )
    return [
        f"{rule['id']}: {node['html'][:120]}: {node['failureSummary']}"
        for rule in violations
        for node in rule["nodes"]
    ]
