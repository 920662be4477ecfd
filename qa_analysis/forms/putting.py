"""Puts one file in place of an older one, whole or not at all."""

import secrets
from contextlib import suppress
from pathlib import Path
from typing import Final

from qa_analysis.disk import read_alone

STAGED_FILE: Final = ".page-"  # how files begin that are not in place yet


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
