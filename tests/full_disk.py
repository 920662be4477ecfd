"""A command on a disk that is full from a certain file on: python full_disk.py PATTERN BYTES WORDS …

From the moment that a file of that name is opened, the system lets no file of this process grow beyond so many bytes.
What fails then is a real write, in whatever library it happens. The same holds in each Python that the command starts:
the forms of a report are written by processes of their own.
"""

import os
import resource
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
EVERYWHERE = HERE / "in_every_python"


def fill_at(pattern: str, size: int) -> None:
    """From the opening of a file of that name, none may grow beyond the size."""

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in ("open", "sqlite3.connect") and isinstance(arguments[0], (str, Path)):
            is_read = event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR) == 0
            if fnmatch(Path(arguments[0]).name, pattern) and not is_read:
                resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    sys.addaudithook(hook)


def run() -> None:
    """The command, of which the first two words say when the disk is full."""
    name, most, *words = sys.argv[1:]
    sys.argv[1:] = words
    fill_at(name, int(most))
    found = os.pathsep.join([str(EVERYWHERE), str(HERE), *filter(None, [os.environ.get("PYTHONPATH")])])
    os.environ.update({"QA_FULL_AT": name, "QA_FULL_SIZE": most, "PYTHONPATH": found})
    from qa_analysis.cli import main

    main(prog_name="qa-analysis")


if __name__ == "__main__":
    run()
