"""The command `users`: who may sign in with a password, and what each may read.

Owns its options and what it prints. Must not know how a password is checked.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from search.cli.console import Failure, failures, say
from search.rights.file import EVERYONE, NOBODY, Reader, Rights, read_rights
from search.rights.passwords import names_in, remove, set_password
from search.settings import read_settings

rights_option = click.option(
    "--rights",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file of rights; that of the settings (`rights`) unless said.",
)


@click.group()
def users() -> None:
    """Readers who sign in with a password, and what they may read.

    They stand in the file that `users` in the file of rights names: docs/private.md.
    """


@users.command()
@click.argument("name")
@rights_option
def add(name: str, rights: Path | None) -> None:
    """Add a reader, or give one another password; it is read from the terminal, or from standard input."""
    with failures():
        path = _users(read_rights_of(rights))
        if sys.stdin.isatty():
            password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        else:
            password = sys.stdin.readline().rstrip("\r\n")
        new = set_password(path, name, password)
    say(
        f"{name} may sign in."
        if new
        else f"{name} has another password; all earlier sign-ins have ended."
    )


@users.command("remove")
@click.argument("name")
@rights_option
def take_out(name: str, rights: Path | None) -> None:
    """Take a reader out, which ends all sign-ins of hers."""
    with failures():
        if not remove(_users(read_rights_of(rights)), name):
            raise Failure(f"there is no {name} in the file of passwords.")
    say(f"{name} can't sign in any more.")


@users.command("list")
@rights_option
def show(rights: Path | None) -> None:
    """List who may read which collections."""
    with failures():
        known = read_rights_of(rights)
        by_password = known.sign_in is not None and known.sign_in.by == "passwords"
        names = names_in(_users(known)) if by_password else []
        named = {
            one for each in known.collections for one in each.readers if not one.startswith("@")
        }
        named |= {one for members in known.groups.values() for one in members}
    say(f"{EVERYONE}: {_of(known, NOBODY)}")
    for name in sorted({*names, *named}):
        lacks = " (has no password)" if by_password and name not in names else ""
        say(f"{name}: {_of(known, Reader(name))}{lacks}")


def read_rights_of(named: Path | None) -> Rights:
    """What the file of rights says that was named, or that the settings name."""
    path = named or (Path(found) if (found := read_settings().rights) else None)
    if path is None:
        raise Failure(
            "no file of rights is named; say --rights FILE, or set `rights`: docs/private.md."
        )
    return read_rights(path)


def _users(rights: Rights) -> Path:
    if rights.sign_in is None or rights.sign_in.by != "passwords":
        raise Failure(
            'readers do not sign in with passwords here; write by = "passwords" in [sign_in].'
        )
    return rights.sign_in.users


def _of(rights: Rights, reader: Reader) -> str:
    return ", ".join(each.name for each in rights.of(reader)) or "nothing"
