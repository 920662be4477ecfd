"""The PDF that a module of tests makes."""

import io
from collections.abc import Iterator

import pikepdf
import pytest


@pytest.fixture
def file(made: bytes) -> Iterator[pikepdf.Pdf]:
    """The PDF that a module makes, opened."""
    with pikepdf.open(io.BytesIO(made)) as opened:
        yield opened
