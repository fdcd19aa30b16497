"""Puts the calling process in a cell for good: memory, processor time, file size, no network. Linux; never undone.

Parsers of hostile files run behind it, with all their children (Tesseract). No network means: a network namespace of
its own where the kernel allows one, and always a seccomp filter under which no socket can be made.
"""

import contextlib
import ctypes
import os
import platform
import resource
import struct

MEMORY_BYTES_MAX = 768_000_000
"""Address space, which is more than what is resident: reading a scan maps about 0.3 GB, Tesseract's models included."""
CPU_SECONDS_MAX = 20
FILE_BYTES_MAX = 200_000_000
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, _PR_SET_DUMPABLE = 38, 22, 2, 4
_EPERM = 1
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_LOAD_WORD, _JUMP_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ARCHITECTURES = {
    # machine: (audit architecture, numbers of socket, socketpair, connect, ptrace, io_uring_setup)
    "x86_64": (0xC000003E, (41, 53, 42, 101, 425)),
    "aarch64": (0xC00000B7, (198, 199, 203, 117, 425)),
}


class CannotConfine(RuntimeError):
    """The kernel lacks what the cell is made of; reading refuses to run without it."""


def confine() -> None:
    """Enter the cell. Raises CannotConfine where sockets cannot be forbidden."""
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY_BYTES_MAX),
        (resource.RLIMIT_CPU, CPU_SECONDS_MAX),
        (resource.RLIMIT_FSIZE, FILE_BYTES_MAX),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(limit)
        allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (allowed, allowed))
    libc = ctypes.CDLL(None, use_errno=True)
    with contextlib.suppress(AttributeError):  # best effort: containers often forbid it, and seccomp does without
        if libc.unshare(_CLONE_NEWNET) != 0 and os.geteuid() != 0:
            libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
    _forbid_sockets(libc)


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("program", ctypes.c_char_p))


def _forbid_sockets(libc: ctypes.CDLL) -> None:
    known = _ARCHITECTURES.get(platform.machine())
    if known is None:
        raise CannotConfine(f"No system call table for {platform.machine()}.")
    architecture, forbidden = known
    program = [
        _instruction(_LOAD_WORD, 4),  # seccomp_data.arch
        _instruction(_JUMP_EQUAL, architecture, yes=1),
        _instruction(_RETURN, _KILL),
        _instruction(_LOAD_WORD, 0),  # seccomp_data.nr
        *(_instruction(_JUMP_EQUAL, number, yes=len(forbidden) - place) for place, number in enumerate(forbidden)),
        _instruction(_RETURN, _ALLOW),
        _instruction(_RETURN, _ERRNO | _EPERM),
    ]
    packed = b"".join(program)
    seccomp = _Filter(len(program), packed)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise CannotConfine("The kernel refuses PR_SET_NO_NEW_PRIVS.")
    if libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(seccomp), 0, 0) != 0:
        raise CannotConfine("The kernel refuses a seccomp filter; sockets could not be forbidden.")
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _instruction(code: int, value: int, *, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("HBBI", code, yes, no, value)
