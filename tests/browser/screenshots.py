"""Takes a picture of every page, wide and light, narrow and dark: `make screenshots`."""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path
from typing import Literal

# Run by hand, so this folder is where its modules are looked for.
from conftest import browsing
from PIL import Image
from servers import serving_samples

CABLE = "/cable/07GUANGZHOU376"
PAGES = {
    "home": "/",
    "results": "/search?q=putian+OR+injunction",
    "narrowed": "/search?q=the&since=2007&until=2007&origin=Guangzhou&-mark=U",
    "browse": "/search",
    "trouble": "/search?q=putian+AND+(shoes",
    "nothing": "/search?q=putian+kangaroo&origin=Guangzhou",
    "values": "/values/tag?order=name",
    "cable": f"{CABLE}?q=putian",
    "paragraph": f"{CABLE}/p/12?q=putian",
    "related": f"{CABLE}#p16",
    "cite": f"{CABLE}/cite/p11",
    "received": f"{CABLE}/received",
    "terms": "/terms?t=trade&t=water&t=election",
    "network": "/network",
    "places": "/places",
    "api": "/api",
    "collection": "/collection?c=07GUANGZHOU376%23p11&c=07GUANGZHOU900002",
    "compare": "/compare?a=07GUANGZHOU376&b=07GUANGZHOU900002",
    "status": "/status",
    "help": "/help",
    "missing": "/cable/07GUANGZHOU1",
}
# What is filled in and sent: the address, the label of the box, what is written there, the button.
FILLED = {
    "check": (
        "/check",
        "Draft",
        "Officials said that “almost half of U.S. Customs seizures of counterfeit products are of footwear”.\n"
        "Nike requested “two different preliminary injunctions from the Fujian high court” (07GUANGZHOU376).\n"
        "Nobody spoke of “a treaty of lanterns and of long evenings” (07GUANGZHOU999999).\n",
        "Check",
    ),
    "batch": ("/batch", "Names, one a line", 'putian\nNike\n"trade fair"\nkangaroo\n', "Search"),
}
VARIANTS: tuple[tuple[str, int, int, Literal["light", "dark"]], ...] = (
    ("wide", 1280, 800, "light"),
    ("middle", 768, 800, "light"),
    ("narrow", 390, 800, "dark"),
)
# Enough for text on paper, its edges and the colours of the badges.
COLOURS = 20


def main(folder: Path) -> None:
    """Writes the pictures as PNG files with a palette, `cable-wide.png` and so on."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as place,
        serving_samples(Path(place)) as server,
        browsing() as browser,
    ):
        for variant, width, height, scheme in VARIANTS:
            context = browser.new_context(
                base_url=server.address,
                color_scheme=scheme,
                viewport={"width": width, "height": height},
            )
            for name in (*PAGES, *FILLED):
                page = context.new_page()
                if name in PAGES:
                    page.goto(PAGES[name])
                else:
                    address, label, text, button = FILLED[name]
                    page.goto(address)
                    page.get_by_label(label, exact=True).fill(text)
                    page.get_by_role("main").get_by_role("button", name=button).click()
                picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
                small = picture.quantize(
                    COLOURS,
                    method=Image.Quantize.MAXCOVERAGE,
                    kmeans=2,
                    dither=Image.Dither.NONE,
                )
                small.save(folder / f"{name}-{variant}.png", optimize=True)
                page.close()
            context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
