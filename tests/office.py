"""What Microsoft's own reader of Word and Excel files says of one: nothing is a file that opens without being repaired.

Needs, from npm, the validator of the Open XML SDK: `npm ci --prefix .ci --ignore-scripts`.
"""

import json
import os
import subprocess
from pathlib import Path

import pytest

PACKAGES = Path(__file__).parents[1] / ".ci" / "node_modules" / "@xarsh"


def faults(path: Path) -> list[str]:
    """Where the file is not as its standard and Microsoft 365 would have it. One line per fault."""
    validator = next(PACKAGES.glob("ooxml-validator-*/ooxml-validator*"), None)
    if validator is None:
        pytest.skip("the Open XML validator is not installed (see tests/office.py), so Office files were not checked")
    quickly = {**os.environ, "DOTNET_TieredPGO": "0"}  # it lives for a second: nothing is worth learning for later
    done = subprocess.run(
        [validator, path, "Microsoft365"], env=quickly, capture_output=True, text=True, encoding="utf-8"
    )
    said = json.loads(done.stdout)
    found = [f"{fault.get('errorType')}: {fault.get('description')}" for fault in said["errors"]]
    assert said["ok"] is not bool(found), done.stdout
    return found
