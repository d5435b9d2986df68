"""The manners of the command line, the same for every command: options, output, exit codes, the text of errors.

Owns how a command speaks: results on standard output, everything else on standard error, `rich` on a terminal and plain
lines elsewhere. Must not know what any command does.

Exit codes: 0 done; 1 nothing was found, or some input was set aside; 2 the command could not be carried out as it was
given; 130 it was interrupted; 141 whoever read its output went away.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from search.engines import CLUSTER_ENGINE, CLUSTER_URL, DEFAULT_ENGINE, ENGINES
from search.errors import SearchError
from search.settings import BY_NAME, DEFAULTS, read_settings

if TYPE_CHECKING:
    from rich.text import Text

NOT_ALL = 1
FAILED = 2
INTERRUPTED = 130
# The shell's own code for a program that wrote into a closed pipe (128 and SIGPIPE).
_PIPE_CLOSED = 141

# Characters of a cable or a file name that would steer a terminal: all control characters but tab and line feed. Each
# becomes the replacement sign. So do the marks that turn the direction of what follows.
_STEERING = {
    code: "\ufffd"
    for code in (*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
    if chr(code) not in "\t\n"
}

index_option = click.option(
    "--index",
    "folder",
    type=click.Path(path_type=Path),
    default=lambda: _index_folder(),
    show_default=DEFAULTS["index"],
    envvar="CABLEGRAM_INDEX",
    show_envvar=True,
    metavar="DIR",
    help="The folder of the index.",
)
log_option = click.option(
    "--log-format",
    type=click.Choice(BY_NAME["log_format"].choices),
    default=lambda: _log_format(),
    show_default=DEFAULTS["log_format"],
    help="How the log is written: text, or json with an object a line on standard error.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON only.")


def engine_options(command: Callable[..., None]) -> Callable[..., None]:
    """`--engine` and `--url`, for the commands that make an index."""
    command = click.option(
        "--url",
        metavar="URL",
        help=f"The cluster of a new index with --engine {CLUSTER_ENGINE}: http://HOST:9200, several with commas"
        f" between, the last with the name of the index behind it (optional); default {CLUSTER_URL}.",
    )(command)
    return click.option(
        "--engine",
        type=click.Choice((*ENGINES, CLUSTER_ENGINE)),
        help=f"The engine of a new index; {DEFAULT_ENGINE} by default. An index keeps its engine.",
    )(command)


def set_cluster(engine: str | None, url: str | None) -> None:
    """What `--url` says goes where the engine looks for its settings."""
    if url is not None:
        if engine != CLUSTER_ENGINE:
            raise Failure(f"--url is for a cluster; say --engine {CLUSTER_ENGINE} with it.")
        os.environ[CLUSTER_URL] = url


class Failure(click.ClickException):
    """The command can't be carried out; the message is one sentence for the user."""

    exit_code = FAILED


@contextmanager
def failures() -> Iterator[None]:
    """Turns what stops a search or a write into a sentence and the exit code 2."""
    try:
        yield
    except SearchError as error:
        raise Failure(str(error)) from error


def _index_folder() -> Path:
    """The folder that the settings name: see `search.settings`."""
    with failures():
        return Path(read_settings().index)


def _log_format() -> str:
    """How the settings want the log."""
    with failures():
        return read_settings().log_format


def leave(code: int) -> NoReturn:
    """End the command with an exit code."""
    click.get_current_context().exit(code)


def harmless(text: str) -> str:
    """A text that a terminal only shows, whatever it was made from."""
    return text.translate(_STEERING)


def say(text: str | Text = "") -> None:
    """A line of the result. On a terminal styles are shown and long lines wrapped at blanks; elsewhere neither."""
    _print(text, err=False)


def tell(text: str | Text) -> None:
    """A line about the work: progress, problems, advice. It goes to standard error."""
    _print(text, err=True)


def say_json(content: object, *, indent: int | None = 2) -> None:
    """A JSON value, in UTF-8 whatever the terminal's encoding; without `indent` on one line."""
    text = json.dumps(content, ensure_ascii=False, indent=indent)
    # What can't be encoded is half of a surrogate pair, and `\udc80` is JSON's own way of writing it.
    click.echo(text.encode("utf-8", "backslashreplace"))


def number(count: int, singular: str, plural: str = "") -> str:
    """`1 cable`, `1,284 cables`."""
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"


def on_terminal() -> bool:
    """Whether someone sees standard error as it is written."""
    return sys.stderr.isatty()


@contextmanager
def progress_bar(doing: str) -> Iterator[Callable[[int, int | None, str], None] | None]:
    """A bar on standard error if someone sees it, else None: it is told how much is done, of how much, and words."""
    if not on_terminal():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn(doing),
        BarColumn(),
        TextColumn("{task.fields[told]}", markup=False),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, told="")

        def told(done: int, of: int | None, words: str) -> None:
            bar.update(task, completed=done, total=of, told=words)

        yield told


def emphasised(text: str) -> Text:
    """A hit inside a line of the result: in colour on a terminal, between asterisks elsewhere."""
    from rich.text import Text

    return Text(text, "bold yellow") if sys.stdout.isatty() else Text(f"*{text}*")


def _print(text: str | Text, *, err: bool) -> None:
    if not (sys.stderr if err else sys.stdout).isatty():
        click.echo(harmless(text if isinstance(text, str) else text.plain), err=err)
        return
    # Loaded where it is shown only: a server has no terminal.
    from rich.console import Console
    from rich.text import Text

    line = Text(text) if isinstance(text, str) else text
    line.plain = harmless(line.plain)  # as long as before, so that the styles stay where they were
    Console(stderr=err, highlight=False).print(line)


class Program(click.Group):
    """A group that lists its commands in our order and ends each with one sentence and an exit code of ours."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of the table, which is the order of use."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a reader of its output that has enough (`| head`) ends it quietly."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # What is still in the buffer must not fail again when Python ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(_PIPE_CLOSED)
        return result

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command and leave the program: see the exit codes above."""
        try:
            code = super().main(
                args,
                prog_name,
                complete_var,
                standalone_mode=False,
                windows_expand_args=windows_expand_args,
                **extra,
            )
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            code = FAILED
        except click.ClickException as error:
            code = _complain(_sentence(error), FAILED)
        except click.Abort:
            code = _complain("interrupted", INTERRUPTED)
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            code = _complain(f"{place}{error.strerror or error}", FAILED)
        except Exception as error:
            if "CABLEGRAM_TRACEBACK" in os.environ:
                traceback.print_exc()
            fault = f"{type(error).__name__}: {error}"
            advice = "please report it, with what CABLEGRAM_TRACEBACK=1 prints"
            code = _complain(f"a fault of Cablegram's own ({fault}); {advice}", FAILED)
        sys.exit(code if isinstance(code, int) else 0)


def _sentence(error: click.ClickException) -> str:
    sentence = error.format_message().rstrip(".")
    if isinstance(error, click.UsageError) and error.ctx is not None:
        sentence += f"; see {error.ctx.command_path} --help"
    return sentence


def _complain(sentence: str, code: int) -> int:
    click.echo(harmless(f"cablegram: {' '.join(sentence.split())}"), err=True)
    return code
