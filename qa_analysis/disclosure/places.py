"""Where in a published month's folder the files of each audience lie, and what tells notebooks where to look."""

from pathlib import Path
from typing import Final

from qa_analysis.errors import WrongUse

RESTRICTED: Final = "restricted"  # lists that name people, each for the person it is addressed to (tier A)
SHARED_FOLDER: Final = "shared"  # what everyone may read, in a folder that may be sent on as it is (tier C)
ROWS: Final = "rows.sqlite"  # in restricted/: what the month was made from, checked and pseudonymised
DIGESTS: Final = "digests.json"  # in restricted/: by which the same rows are known again
MANIFEST: Final = "manifest.json"

# The environment variables by which `qa-analysis explore` tells notebooks where to look.
DATA_VARIABLE: Final = "QA_ANALYSIS_DATA"  # the folder of extracts
PUBLISHED_VARIABLE: Final = "QA_ANALYSIS_PUBLISHED"  # the folder of a published month
ANSWERS_VARIABLE: Final = "QA_ANALYSIS_ANSWERS"  # where answers are kept


def is_published(folder: Path) -> bool:
    """Whether it is the folder of a published month: as it was published, or its rows alone."""
    return ((folder / MANIFEST).is_file() and (folder / "tables").is_dir()) or (folder / RESTRICTED / ROWS).is_file()


def refuse_published(folder: Path) -> None:
    """Stop where extracts are to be in a published month's folder, or one within it: its files look like extracts.

    Raises:
        WrongUse: saying which folder to give.
    """
    held = folder.resolve()
    if is_published(held) or is_published(held.parent):
        raise WrongUse(
            f"{held.name} is of a published month, which is made from extracts and holds none. "
            "Give the folder that holds the extracts."
        )
