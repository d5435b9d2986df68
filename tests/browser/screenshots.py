"""Takes pictures of every page, narrow and wide, light and dark: python tests/browser/screenshots.py FOLDER."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Literal

# Run by hand, so this folder is where its modules are looked for.
from conftest import browsing, serving

CABLE = "/cable/07GUANGZHOU376"
# The address, and whether the picture shows the whole page or what one sees on landing.
PAGES = {
    "home": ("/", True),
    "results": ("/search?q=putian+OR+injunction", True),
    "narrowed": (
        "/search?q=putian&section=Putian%3A+Shoes+and+More+Shoes%2C+but+Little+Action&-mark=U",
        True,
    ),
    "browse": ("/search", False),
    "trouble": ("/search?q=putian+AND+(shoes", True),
    "nothing": ("/search?q=putian+kangaroo&origin=Guangzhou", True),
    "values": ("/values/tag?order=name", False),
    "cable": (f"{CABLE}?q=putian", False),
    "paragraph": (f"{CABLE}?q=putian#p12", False),
    "received": (f"{CABLE}/received", False),
    "help": ("/help", True),
    "missing": ("/cable/07GUANGZHOU1", True),
}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = {"narrow": 390, "wide": 1280}


def main(folder: Path) -> None:
    """Writes the pictures as PNG files, `cable-narrow-dark.png` and so on."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as index,
        serving(Path(index) / "index") as site,
        browsing() as browser,
    ):
        for scheme in SCHEMES:
            for width_name, width in WIDTHS.items():
                context = browser.new_context(
                    base_url=site,
                    color_scheme=scheme,
                    viewport={"width": width, "height": 900},
                )
                for name, (address, whole) in PAGES.items():
                    page = context.new_page()
                    page.goto(address)
                    page.screenshot(
                        path=folder / f"{name}-{width_name}-{scheme}.png", full_page=whole
                    )
                    page.close()
                context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
