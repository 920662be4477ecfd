"""Starts a command that may take so much memory and no more, and that ends with the process that asked for it.

    python -m qa_analysis.region.limited PARENT BYTES COMMAND …

A program of its own, because limits set between fork and exec are not safe in a process with threads. Linux alone. A
run of ours, which is a copy of a process that has imported already, sets its limits itself before it does anything.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path

from qa_analysis.publishing.processes import end_with_parent

FIRST_TO_GO = "1000"  # where memory runs out, the system ends a council before anything else of its user


def main(parent: int, most: int, command: list[str]) -> None:
    """Become the command, limited; nothing is started where the process that asked has already gone."""
    end_with_parent()
    if os.getppid() != parent:
        sys.exit(1)
    limit(most)
    os.execv(command[0], command)


def run() -> None:
    """The command qa-analysis in a process that has imported already: the first word is the bytes it may take."""
    from qa_analysis.cli import main as command

    limit(int(sys.argv.pop(1)))
    command(prog_name="qa-analysis")


def limit(most: int) -> None:
    """From now on this process and each that it starts may take so many bytes of memory."""
    import resource  # Windows has none

    held = resource.getrlimit(resource.RLIMIT_DATA)[1]
    allowed = most if held == resource.RLIM_INFINITY else min(most, held)
    resource.setrlimit(resource.RLIMIT_DATA, (allowed, allowed))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(FIRST_TO_GO, encoding="ascii")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
