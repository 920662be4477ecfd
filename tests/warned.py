"""Marks for tests in which nothing may warn."""

import pytest

# What another test of the process left open, as notebooks do with event loops, may be thrown away at any time.
NO_WARNING = [pytest.mark.filterwarnings("error"), pytest.mark.filterwarnings("ignore::ResourceWarning")]
