"""Where in a published month's folder the files of each audience lie, and what tells notebooks where to look."""

from typing import Final

RESTRICTED: Final = "restricted"  # lists that name people, each for the person it is addressed to (tier A)
SHARED_FOLDER: Final = "shared"  # what everyone may read, in a folder that may be sent on as it is (tier C)
ROWS: Final = "rows.sqlite"  # in restricted/: what the month was made from, checked and pseudonymised
DIGESTS: Final = "digests.json"  # in restricted/: by which the same rows are known again
MANIFEST: Final = "manifest.json"

# The environment variables by which `qa-analysis explore` tells notebooks where to look.
DATA_VARIABLE: Final = "QA_ANALYSIS_DATA"  # the folder of extracts
PUBLISHED_VARIABLE: Final = "QA_ANALYSIS_PUBLISHED"  # the folder of a published month
ANSWERS_VARIABLE: Final = "QA_ANALYSIS_ANSWERS"  # where answers are kept
