"""From what the user names to the files that may hold a page: files, folders, patterns.

Owns which files of a folder are tried and which are passed over. Opens none of them: `indexer.inputs.files` does.
"""

from __future__ import annotations

import errno
import glob
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from indexer.errors import NoSuchInput
from indexer.page import SetAside, Unread
from search.sources import FILE_NAME
from search.system.disk import machine_fault

# Documentation that lies beside pages, by its ending or by its name before the first dot. In a folder it is passed
# over; a file that the user names is always tried.
_DOCUMENTATION = frozenset({".rst", ".adoc"})
_DOCUMENTS = frozenset(
    {"readme", "changelog", "contributing", "license", "licence", "code_of_conduct", "security"}
)
# Notes are kept as Markdown, and so are cables: such a file is read, and passed over if there is no cable in it.
_MARKDOWN = frozenset({".md", ".markdown"})
# A browser that saves `X.html` puts its pictures and scripts into a folder of this name beside it.
_COMPANIONS = ("{}_files", "{}-files", "{}.files")
_SAVED_PAGES = frozenset({".html", ".htm", ".xhtml"})


# What the user names to have standard input read.
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file to be tried. `path` is absolute; `address` is how the user sees it.

    `name` is what it is known by from run to run: its path, unless `known_as` says otherwise. `by_chance` says that
    it may well hold no cable: it was not named, and is of a kind that holds other things.
    """

    path: Path
    address: str
    known_as: str = ""
    by_chance: bool = False

    @property
    def name(self) -> str:
        """What it is known by from run to run."""
        return self.known_as or str(self.path)


@dataclass(slots=True)
class Found:
    """What there is to read.

    `roots` are the folders that were named, `folders` all that were listed; `passed_over` are addresses. Whether
    standard input is to be read too is told by `standard_input`.
    """

    files: list[PageFile] = field(default_factory=list)
    roots: list[PageFile] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)
    set_aside: list[tuple[Path, SetAside]] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    standard_input: bool = False

    def chances(self) -> Iterator[tuple[PageFile, list[PageFile]]]:
        """The folders that were named and hold nothing but files that may well be no pages, with these."""
        for root in self.roots:
            inside = f"{str(root.path).rstrip(os.sep)}{os.sep}"
            files = [file for file in self.files if str(file.path).startswith(inside)]
            if files and all(file.by_chance for file in files):
                yield root, files

    def without_pages(self) -> Iterator[PageFile]:
        """The folders that were named and in which there is nothing to read."""
        paths = [
            *(str(file.path) for file in self.files),
            *(str(path) for path, _ in self.set_aside),
        ]
        for root in self.roots:
            inside = f"{str(root.path).rstrip(os.sep)}{os.sep}"
            if not any(path == str(root.path) or path.startswith(inside) for path in paths):
                yield root


def no_page_in(root: PageFile, passed_over: Sequence[str] = ()) -> SetAside:
    """The sentence for a folder in which there is nothing to read; `passed_over` are addresses."""
    inside = f"{root.address.rstrip('/')}/"
    left = [address for address in passed_over if address.startswith(inside)]
    if left:
        more = f" and {len(left) - 1:,} more" if len(left) > 1 else ""
        reason = f"no page was found in it, only what is passed over in a folder: {left[0]}{more}"
        return SetAside(root.address, reason, "name such a file itself to have it read")
    return SetAside(
        root.address, "no page was found in it", "name a file or folder that holds pages"
    )


def no_cable_in(root: PageFile, files: Sequence[PageFile]) -> SetAside:
    """The sentence for a folder of Markdown files, none of which holds a cable."""
    more = f" and {len(files) - 1:,} more" if len(files) > 1 else ""
    reason = f"it has Markdown files only, and none holds a cable: {files[0].address}{more}"
    return SetAside(root.address, reason, "name a file or folder that holds pages")


def is_documentation(name: str) -> bool:
    """Whether a file of that name lies beside pages to explain them: `README.md`, `usage.rst`."""
    path = PurePosixPath(name)
    stem, dot, _ = path.name.lower().partition(".")
    return path.suffix.lower() in _DOCUMENTATION or (
        stem in _DOCUMENTS and (not dot or is_markdown(name))
    )


def is_markdown(name: str) -> bool:
    """Whether a file is Markdown by its name, the one form that nothing in a file tells."""
    return PurePosixPath(name).suffix.lower() in _MARKDOWN


def printable(path: str | Path) -> str:
    """A path as text that can be printed and stored, whatever bytes the file system has for it."""
    return os.fsencode(path).decode("utf-8", "replace")


def find(inputs: Iterable[str], index: Path | None = None) -> Found:
    """The files that the inputs stand for, each once; folders are walked in the order of their names.

    `-` is standard input. Hidden files, folders that hold an index, and `index` itself are left alone. Symbolic links
    are followed, each folder once, so that a loop of links ends. Raises `NoSuchInput` for a path or a pattern that
    nothing answers to.
    """
    walk = _Walk(index.resolve() if index is not None else None)
    for text in inputs:
        if text == STANDARD_INPUT:
            walk.found.standard_input = True
            continue
        for path in _expanded(text):
            walk.add(path)
    return walk.found


def _expanded(text: str) -> list[Path]:
    try:
        os.lstat(text)
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a NUL in the name
        pass
    except OSError:  # something is there; `add` says why it can't be read
        return [Path(text)]
    else:
        return [Path(text)]
    # A pattern that the shell did not expand: it was quoted, or is too long for a command line.
    if glob.has_magic(text):
        # Not Path.glob: a pattern may be absolute, and hidden files are not meant by `*`.
        matches = [Path(match) for match in sorted(glob.glob(text, recursive=True))]  # noqa: PTH207
        if matches:
            return matches
        raise NoSuchInput(f"{printable(text)}: no file matches this pattern")
    raise NoSuchInput(f"{printable(text)}: there is no such file or folder")


class _Walk:
    def __init__(self, index: Path | None) -> None:
        self.found = Found()
        self._index = index
        self._seen: set[Path] = set()

    def add(self, path: Path) -> None:
        """A path that the user named."""
        address = printable(path)
        try:
            # Links inside a folder keep their own names; those in front of it do not matter.
            absolute = (
                path.resolve(strict=True) if path.is_dir() else path.parent.resolve() / path.name
            )
        except (OSError, RuntimeError) as error:
            self._aside(Path.cwd() / path, address, error)
            return
        if absolute.is_dir():
            self.found.roots.append(PageFile(absolute, address))
            self._folder(absolute, address)
        else:
            self._file(absolute, address)

    def _folder(self, folder: Path, address: str) -> None:
        pending = [(folder, address)]
        while pending:
            here, shown = pending.pop()
            try:
                real = here.resolve(strict=True)
                if real in self._seen:
                    continue
                if real == self._index or (real / FILE_NAME).is_file():
                    self.found.passed_over.append(f"{shown}/")
                    continue
                self._seen.add(real)
                with os.scandir(here) as listing:
                    entries = sorted(listing, key=lambda entry: entry.name)
                self.found.folders.append(here)
            except OSError as error:
                self._aside(here, shown, error)
                continue
            companions = set(_companions(entry.name for entry in entries))
            below = []
            for entry in entries:
                place = f"{shown.rstrip('/')}/{printable(entry.name)}"
                if entry.name.startswith("."):
                    continue
                if not _is_folder(entry):
                    self._entry(here / entry.name, place)
                elif entry.name in companions:
                    self.found.passed_over.append(f"{place}/")
                else:
                    below.append((here / entry.name, place))
            pending.extend(reversed(below))

    def _entry(self, path: Path, address: str) -> None:
        if is_documentation(path.name):
            self.found.passed_over.append(address)
        else:
            self._file(path, address, by_chance=is_markdown(path.name))

    def _file(self, path: Path, address: str, *, by_chance: bool = False) -> None:
        try:
            real = path.resolve(strict=True)
        except (OSError, RuntimeError) as error:  # a link to nothing, or to itself
            self._aside(path, address, error)
            return
        if real not in self._seen:
            self._seen.add(real)
            self.found.files.append(PageFile(path, address, by_chance=by_chance))

    def _aside(self, path: Path, address: str, error: OSError | RuntimeError) -> None:
        self.found.set_aside.append((path, unreadable(address, error)))


def _companions(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        stem, suffix = os.path.splitext(name)  # noqa: PTH122 - a name, not a path
        if suffix.lower() in _SAVED_PAGES:
            yield from (form.format(stem) for form in _COMPANIONS)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # the file says itself what is wrong when it is opened
        return False


def unread(address: str, error: BaseException) -> Unread:
    """The sentence for an input that the machine could not read to its end, though it can be opened."""
    said = machine_fault(error) or " ".join(str(error).split())[:200] or type(error).__name__
    return Unread(address, f"the machine can't read it now ({said})", "run again when it can")


def unreadable(address: str, error: OSError | RuntimeError) -> SetAside:
    """The sentence for an input that the system does not let us read."""
    if isinstance(error, PermissionError):
        return SetAside(
            address, "you may not read it", "change its permissions, or run as its owner"
        )
    if isinstance(error, FileNotFoundError):
        return SetAside(address, "it is not there any more, or is a link to nothing", "run again")
    if isinstance(error, RuntimeError) or error.errno == errno.ELOOP:
        return SetAside(address, "it is a link that leads back to itself", "remove the link")
    return SetAside(address, f"the system can't read it ({error.strerror})", "check the disk")
