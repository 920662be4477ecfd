"""The bill of materials and the list of licences say what the pins say, without an address."""

import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

TOP = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def inventory() -> ModuleType:
    """The command as a module."""
    spec = importlib.util.spec_from_file_location("inventory", TOP / ".ci" / "inventory.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["inventory"] = module  # where its dataclass looks for itself
    spec.loader.exec_module(module)
    return module


def pinned() -> set[tuple[str, str]]:
    """Every name and version of the pins, read without the command's own pattern."""
    found = set()
    for path in (TOP / ".ci" / "constraints").glob("*.txt"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if "==" in line and not line.startswith((" ", "#")):
                name, _, rest = line.partition("==")
                found.add((name, re.split(r"[ ;\\]", rest)[0]))
    return found


def test_the_bill_of_materials_is_that_of_the_pins() -> None:
    told = json.loads((TOP / "docs" / "sbom.cdx.json").read_text(encoding="utf-8"))
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    listed = [(one["name"], one["version"]) for one in told["components"]]
    assert (len(listed), set(listed)) == (len(set(listed)), pinned())
    assert all(one["purl"].endswith(f"@{one['version']}") for one in told["components"])


def test_the_list_of_licences_is_that_of_the_pins_and_every_licence_is_said() -> None:
    lines = (TOP / "docs" / "licences.md").read_text(encoding="utf-8").splitlines()
    rows = [
        line.strip("| ").split(" | ") for line in lines if line.startswith("| ") and not line.startswith("| package |")
    ]
    assert {(row[0], row[1]) for row in rows} == pinned()
    assert [row[0] for row in rows if row[2] in ("", "not said")] == []


def test_neither_holds_an_address() -> None:
    for name in ("sbom.cdx.json", "licences.md"):
        assert "://" not in (TOP / "docs" / name).read_text(encoding="utf-8")


def test_a_new_pin_is_seen(inventory: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for install in inventory.INSTALLS:
        text = "colorama==0.4.6 ; sys_platform == 'win32' \\\n    --hash=sha256:00\nclick==8.9.9 \\\n"
        (tmp_path / f"{install}.txt").write_text(text if install == "run" else "")
    monkeypatch.setattr(inventory, "PINS", tmp_path)
    monkeypatch.setattr(inventory, "PAGE", tmp_path / "licences.md")
    listed = list(inventory.rows())
    assert [(one.name, one.version, one.needed, said) for one, said in listed] == [
        ("click", "8.9.9", "", "not said"), ("colorama", "0.4.6", "sys_platform == 'win32'", "not said"),
    ]  # fmt: skip
    (tmp_path / "licences.md").write_text(inventory.page([(one, "BSD-3-Clause") for one, _ in listed]))
    assert [said for _, said in inventory.rows()] == ["BSD-3-Clause", "BSD-3-Clause"]
