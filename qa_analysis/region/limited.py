"""Starts a command that may take so much memory and no more, and that ends with the process that asked for it.

    python -m qa_analysis.region.limited PARENT BYTES COMMAND …

A program of its own, because limits set between fork and exec are not safe in a process with threads. Linux alone. A
run of ours, a copy of a process that has imported already, is limited as it is copied (`publishing.apart.ready`).
"""

import os
import sys

from qa_analysis.publishing.apart.processes import end_with_parent, limit_memory


def main(parent: int, most: int, command: list[str]) -> None:
    """Become the command, limited; nothing is started where the process that asked has already gone."""
    end_with_parent()
    if os.getppid() != parent:
        sys.exit(1)
    limit_memory(most)
    os.execv(command[0], command)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
