"""A program as the unit of systemd would start it, where there is no systemd: what of the unit can be had here.

    python confined.py UNIT USER WRITABLE... -- PROGRAM ARGUMENT...

Needs root's powers. The program then has, as the unit's lines say: none of these powers and no way to get one, a file
system that is read-only but for the folders WRITABLE (the private /tmp), system calls of the allowed groups alone, no
namespace, no other family of addresses, no memory that is both written and run, its umask. Not to be had: the limits
of control groups (MemoryMax, TasksMax, IPAddressDeny), the hidden /proc.
"""

from __future__ import annotations

import ctypes
import errno
import os
import pwd
import re
import resource
import subprocess
import sys
from pathlib import Path

ALLOW = 0x7FFF0000
EQUAL, MASKED = 4, 7
FAMILIES = {"AF_UNIX": 1, "AF_INET": 2, "AF_INET6": 10}
MOST_FAMILIES = 46
PROT_WRITE, PROT_EXEC = 2, 4
# CLONE_NEW: time, mounts, control groups, host names, messages, users, processes, the network.
NAMESPACES = (0x80, 0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000)
MS_RDONLY, MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 1, 32, 4096, 16384, 1 << 18
CLONE_NEWNS = 0x20000
PR_SET_NO_NEW_PRIVS, PR_CAPBSET_DROP = 38, 24


class Compared(ctypes.Structure):
    """libseccomp's `scmp_arg_cmp`."""

    _fields_ = (
        ("arg", ctypes.c_uint),
        ("op", ctypes.c_int),
        ("a", ctypes.c_uint64),
        ("b", ctypes.c_uint64),
    )


def lines(unit: Path, name: str) -> list[str]:
    """The values that a directive of a unit has, in order."""
    return re.findall(rf"^{name}=(.*)$", unit.read_text("utf-8"), re.MULTILINE)


def calls(group: str) -> set[str]:
    """The system calls of a group of systemd's (`@system-service`), or the one that is named."""
    if not group.startswith("@"):
        return {group}
    told = subprocess.run(
        ["systemd-analyze", "syscall-filter", group], capture_output=True, text=True, check=True
    ).stdout
    named = re.findall(r"^\s{4}([@\w-]+)$", told, re.MULTILINE)
    return {call for each in named if each != group for call in calls(each)}


def allowed(unit: Path) -> set[str]:
    """The system calls that the lines SystemCallFilter allow, one after the other."""
    found = calls("@default")
    for line in lines(unit, "SystemCallFilter"):
        for each in line.removeprefix("~").split():
            found = found - calls(each) if line.startswith("~") else found | calls(each)
    return found


class Filters:
    """Filters of the kernel's, made by libseccomp."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL("libseccomp.so.2", use_errno=True)
        self._library.seccomp_init.restype = ctypes.c_void_p

    def load(self, default: int, rules: list[tuple[int, str, tuple[Compared, ...]]]) -> None:
        """One filter: what it does with a call that has no rule; the rules have what, the call, and its arguments."""
        filled = ctypes.c_void_p(self._library.seccomp_init(ctypes.c_uint32(default)))
        for action, name, compared in rules:
            number = self._library.seccomp_syscall_resolve_name(name.encode())
            if number < 0:
                continue  # another kind of processor has it
            array = (Compared * max(1, len(compared)))(*compared)
            done = self._library.seccomp_rule_add_array(
                filled, ctypes.c_uint32(action), number, len(compared), array
            )
            if done < 0:
                raise OSError(-done, f"no rule for {name}")
        if (done := self._library.seccomp_load(filled)) < 0:
            raise OSError(-done, "the filter was not loaded")


def refuse(code: int) -> int:
    """What a filter does: the call fails with that error."""
    return 0x00050000 | code


def confine_calls(unit: Path, names: set[str]) -> None:
    """All that the unit's lines say of system calls; `names` are those that it allows."""
    filters = Filters()
    denied: list[tuple[int, str, tuple[Compared, ...]]] = []
    if lines(unit, "RestrictNamespaces") == ["yes"]:
        denied += [(refuse(errno.EPERM), name, ()) for name in ("unshare", "setns")]
        denied += [
            (refuse(errno.EPERM), "clone", (Compared(0, MASKED, flag, flag),))
            for flag in NAMESPACES
        ]
        denied.append((refuse(errno.ENOSYS), "clone3", ()))
    if lines(unit, "MemoryDenyWriteExecute") == ["yes"]:
        both = PROT_WRITE | PROT_EXEC
        denied.append((refuse(errno.EPERM), "mmap", (Compared(2, MASKED, both, both),)))
        denied += [
            (refuse(errno.EPERM), name, (Compared(2, MASKED, PROT_EXEC, PROT_EXEC),))
            for name in ("mprotect", "pkey_mprotect")
        ]
    (families,) = lines(unit, "RestrictAddressFamilies")
    kept = {FAMILIES[each] for each in families.split()}
    denied += [
        (refuse(errno.EAFNOSUPPORT), "socket", (Compared(0, EQUAL, family, 0),))
        for family in range(MOST_FAMILIES)
        if family not in kept
    ]
    filters.load(ALLOW, denied)
    # This one last: what it leaves out are the calls that load a filter.
    filters.load(refuse(errno.EPERM), [(ALLOW, name, ()) for name in sorted(names)])


def confine_files(writable: list[str]) -> None:
    """Every mount is read-only from now on, for this process alone, but for some folders."""
    library = ctypes.CDLL(None, use_errno=True)

    def mount(source: str, target: str, flags: int) -> None:
        if library.mount(source.encode(), target.encode(), None, ctypes.c_ulong(flags), None):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), target)

    if library.unshare(CLONE_NEWNS):
        raise OSError(ctypes.get_errno(), "no mounts of its own")
    mount("none", "/", MS_REC | MS_PRIVATE)
    # A Python in a home of root's is shown to the user who has to run it, and nothing else of that home.
    for needed in (Path(sys.base_prefix).resolve(), Path(sys.prefix).resolve()):
        for closed in reversed(needed.parents):
            if not closed.stat().st_mode & 0o001:
                inside = closed / needed.relative_to(closed).parts[0]
                held = os.open(inside, os.O_PATH)
                if library.mount(b"none", str(closed).encode(), b"tmpfs", 0, b"mode=755"):
                    raise OSError(ctypes.get_errno(), "nothing in the place of", str(closed))
                inside.mkdir(0o755)
                mount(f"/proc/self/fd/{held}", str(inside), MS_BIND | MS_REC)
                os.close(held)
    mounted = [
        line.split()[1].encode().decode("unicode_escape")
        for line in Path("/proc/self/mounts").read_text("utf-8").splitlines()
    ]
    for folder in writable:
        mount(folder, folder, MS_BIND)
    for place in mounted:
        try:
            mount("none", place, MS_REMOUNT | MS_BIND | MS_RDONLY)
        except OSError as error:
            # One that another is mounted over can't be reached by its name any more.
            if error.errno not in (errno.EINVAL, errno.ENOENT):
                raise


def confine_powers(unit: Path, user: str) -> None:
    """The user's rights and no others, for good."""
    if lines(unit, "CapabilityBoundingSet") != [""] or lines(unit, "NoNewPrivileges") != ["yes"]:
        raise ValueError("the unit keeps powers, which this program takes away")
    library = ctypes.CDLL(None, use_errno=True)
    for number in range(64):
        library.prctl(PR_CAPBSET_DROP, number, 0, 0, 0)
    found = pwd.getpwnam(user)
    os.setgroups([])
    os.setresgid(found.pw_gid, found.pw_gid, found.pw_gid)
    os.setresuid(found.pw_uid, found.pw_uid, found.pw_uid)
    if library.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "powers could be had")


def main() -> None:
    """Confines this process, and becomes the program."""
    cut = sys.argv.index("--")
    (named, user, *writable), program = sys.argv[1:cut], sys.argv[cut + 1 :]
    unit = Path(named)
    (umask,) = lines(unit, "UMask")
    os.umask(int(umask, 8))
    (files,) = map(int, lines(unit, "LimitNOFILE"))
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    # Asked of another program, before there are no rights to start one.
    names = allowed(unit)
    confine_files(writable)
    confine_powers(unit, user)
    confine_calls(unit, names)
    os.execvp(program[0], program)  # noqa: S606 - which is what this is for


if __name__ == "__main__":
    main()
