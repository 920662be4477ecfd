"""Puts one file in place of an older one, whole or not at all."""

import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

STAGED_FILE: Final = ".page-"  # how files begin that are not in place yet
OTHERS_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH


def put(text: str, path: Path) -> bool:
    """Whether a page could be put in place of an older one; readers see the old or the new, never half of one."""
    staged = path.with_name(f"{STAGED_FILE}{secrets.token_hex(4)}")
    try:
        staged.write_text(text, encoding="utf-8", newline="\n")
        read_alone(staged)
        staged.replace(path)
    except OSError:
        with suppress(OSError):
            staged.unlink(missing_ok=True)
        return False
    return True


def read_alone(path: Path) -> None:
    """Let others read a file or a folder as far as its user does, and never write to it, whatever the umask says."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & OTHERS_WRITE:
        with suppress(PermissionError):  # our own file: the drive keeps no modes
            path.chmod(mode & ~OTHERS_WRITE)
