"""The reference cases: numbers that named packages gave, or that were published, beside their inputs."""

import json
import os
from collections.abc import Sequence
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

FOLDER = Path(os.environ.get("QA_SHARED") or Path(__file__).parents[3] / "shared") / "oracles"


def cases(file: str, block: str = "cases") -> list[Any]:
    """Every case of a block, as parameters of a test; one skipped case where the reference files are absent."""
    path = FOLDER / file
    if not path.exists():
        return [pytest.param(None, marks=pytest.mark.skip(f"reference cases not found: set QA_SHARED ({file})"))]
    found = json.loads(path.read_text(encoding="utf-8"))[block]
    return [pytest.param(case, id=str(case.get("id", place))) for place, case in enumerate(_each(found))]


def numbers(values: Sequence[float | None]) -> NDArray[np.float64]:
    """Numbers with what is undefined or missing as nan."""
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def same(found: float, expected: float | None, *, within: float) -> bool:
    """Whether a number is the reference's; null is undefined and must be nan."""
    return isnan(found) if expected is None else abs(found - expected) <= within


def _each(block: Any) -> list[dict[str, Any]]:
    return block if isinstance(block, list) else [block]
