"""What type checkers see of the module `cablegram`, which has no folder in which to say that it has types (PEP 561)."""

import click

from corpus.model import Cable as Cable
from corpus.model import Paragraph as Paragraph
from search.answers.results import (
    CableSummary as CableSummary,
)
from search.answers.results import (
    Group as Group,
)
from search.answers.results import (
    Hit as Hit,
)
from search.answers.results import (
    IndexStats as IndexStats,
)
from search.answers.results import (
    Similar as Similar,
)
from search.errors import (
    BadArgument as BadArgument,
)
from search.errors import (
    IndexClosed as IndexClosed,
)
from search.errors import (
    IndexDamaged as IndexDamaged,
)
from search.errors import (
    IndexMissing as IndexMissing,
)
from search.errors import (
    IndexOutdated as IndexOutdated,
)
from search.errors import (
    NotFound as NotFound,
)
from search.errors import (
    SearchError as SearchError,
)
from search.errors import (
    TooSlow as TooSlow,
)
from search.exports.citations import Citation as Citation
from search.library.found import Results as Results
from search.library.index import Index as Index
from search.library.index import open_index as open_index
from search.library.rows import (
    BatchRow as BatchRow,
)
from search.library.rows import (
    Cited as Cited,
)
from search.library.rows import (
    References as References,
)
from search.library.rows import (
    TrendRow as TrendRow,
)
from search.library.rows import (
    Version as Version,
)
from search.units import Unit as Unit

main: click.Group

__version__: str

def open_samples(*, address: str = "") -> Index:
    """The sample cables, in an index of their own in a temporary folder."""
