"""The file that a command writes because its user named it: `export --output`, `batch --output`.

Owns what becomes of a file that is there already. Its rights stay, and its owner and other names (hard links); a link
leads to the file that is written. What is no regular file is refused: nobody means a device to be replaced. Must not
know what is written.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from search.errors import SearchError


def check_output(output: Path) -> None:
    """Raises SearchError if it is there and no regular file, OSError if it can't be written: before hours of work."""
    if _found(output) is not None:
        _check_right(output, os.W_OK)
        return
    folder = real_path(output).parent
    if not folder.is_dir():
        # By the name that the user gave.
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(output))
    _check_right(folder, os.W_OK | os.X_OK)


def real_path(output: Path) -> Path:
    """The file that is written: what a link leads to."""
    return Path(os.path.realpath(output))


def write_output(output: Path, pieces: Iterable[bytes]) -> None:
    """Write a file that has its new content when that is complete, and not before.

    Raises SearchError like `check_output`, OSError if it can't be written; what was there before is there still then.
    """
    found = _found(output)
    real = real_path(output)
    if found is not None and not os.access(real.parent, os.W_OK | os.X_OK):
        with tempfile.TemporaryFile() as kept:
            kept.writelines(pieces)
            _copy_into(kept, real)
        return
    descriptor, name = tempfile.mkstemp(prefix=f".{real.name}.", suffix=".part", dir=real.parent)
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(pieces)
        if found is None:
            part.chmod(_usual_mode(real.parent))
        take_the_place(part, output)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def take_the_place(part: Path, output: Path) -> None:
    """Make a file that is complete the one that was asked for; it stands in the same folder as `real_path`.

    Raises SearchError like `check_output`, OSError if it can't be written.
    """
    found = _found(output)
    real = real_path(output)
    with part.open("rb") as file:
        if found is not None and (found.st_nlink > 1 or found.st_uid != os.geteuid()):
            # Another file in its place would have another owner, and leave its other names behind.
            _copy_into(file, real)
            part.unlink()
            return
        if found is not None:
            os.fchmod(file.fileno(), stat.S_IMODE(found.st_mode))
        os.fsync(file.fileno())
    part.replace(real)


def _found(output: Path) -> os.stat_result | None:
    """What is there under that name, None for nothing, or for a link to nothing."""
    try:
        found = output.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found.st_mode):
        kind = "a folder" if stat.S_ISDIR(found.st_mode) else "no regular file"
        raise SearchError(f"{output} is {kind}, and nothing was written; name a file.")
    return found


def _check_right(path: Path, wanted: int) -> None:
    if not os.access(path, wanted):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def _usual_mode(folder: Path) -> int:
    """The rights that a new file gets in a folder."""
    with tempfile.TemporaryDirectory(prefix=".cablegram-", dir=folder) as place:
        usual = Path(place) / "usual"
        usual.touch()
        return stat.S_IMODE(usual.stat().st_mode)


def _copy_into(kept: IO[bytes], real: Path) -> None:
    """Write a file where it stands. Its place on the disk is taken first, so that a full disk leaves it as it was."""
    size = kept.seek(0, os.SEEK_END)
    kept.seek(0)
    with real.open("r+b") as file:
        before = os.fstat(file.fileno()).st_size
        if size > before and hasattr(os, "posix_fallocate"):
            try:
                os.posix_fallocate(file.fileno(), 0, size)
            except OSError:
                file.truncate(before)
                raise
        shutil.copyfileobj(kept, file)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())
