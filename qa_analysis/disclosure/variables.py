"""The environment variables by which `qa-analysis explore` tells notebooks where to look. Loads nothing else."""

from typing import Final

DATA_VARIABLE: Final = "QA_ANALYSIS_DATA"  # the folder of extracts
PUBLISHED_VARIABLE: Final = "QA_ANALYSIS_PUBLISHED"  # the folder of a published month
ANSWERS_VARIABLE: Final = "QA_ANALYSIS_ANSWERS"  # where answers are kept
