"""Writes what is installed with the suite, from the pins: docs/sbom.cdx.json and docs/licences.md.

    .venv/bin/python .ci/inventory.py

The bill of materials is CycloneDX, as tools for known faults read it; no address stands in it. Licences are those that
each package says of itself where it is installed; of one that this machine does not need (another system, another
version of Python) what the page said before is kept, as long as the version is the same.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
PINS = TOP / ".ci" / "constraints"
BILL = TOP / "docs" / "sbom.cdx.json"
PAGE = TOP / "docs" / "licences.md"
INSTALLS = ("run", "lab", "databases", "region", "test")
NOT_SAID = "not said"
LONGEST = 60  # letters: a longer "licence" is the text of one
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)(?: *; *([^\\]+?))? *\\?$", re.MULTILINE)
CALLED = {  # as SPDX names them; what packages wrote before there was a field for that
    "Apache 2.0": "Apache-2.0", "Apache License, Version 2.0": "Apache-2.0", "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause", "BSD License": "BSD-3-Clause", "BSD 3-Clause License": "BSD-3-Clause",
    "BSD 2-Clause License": "BSD-2-Clause", "ISC License (ISCL)": "ISC", "ISC license": "ISC", "MIT License": "MIT",
    "MIT license": "MIT", "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0", "PSFL": "PSF-2.0",
    "Python Software Foundation License": "PSF-2.0", "Other/Proprietary License": "proprietary",
}  # fmt: skip
READ_BY_HAND = {  # what a package's own licence file says, where its particulars say nothing
    "mssql-python": "MIT, its Windows libraries proprietary (Microsoft)",
}
FOREWORD = """\
# Packages and their licences

What is installed with the suite, made from the pins in `.ci/constraints` by `.ci/inventory.py`, with the licence that
each package says of itself. The same list as CycloneDX is [sbom.cdx.json](sbom.cdx.json). Every package is held against
the hash in its pin when it is installed. "run" is a scheduled run, "lab" JupyterLab, "databases" what reading from a
database needs, "region" what many councils on several machines need, "test" what only the tests do."""


@dataclass(frozen=True)
class Package:
    """A pinned version, the installs that have it, and where it is needed if not everywhere."""

    name: str
    version: str
    installs: tuple[str, ...] = field(default=())
    needed: str = ""


def packages() -> list[Package]:
    """Every pinned version of every install, by name."""
    found: dict[tuple[str, str], Package] = {}
    for install in INSTALLS:
        for name, version, needed in PIN.findall((PINS / f"{install}.txt").read_text(encoding="utf-8")):
            before = found.get((name, version))
            installs = (*before.installs, install) if before else (install,)
            found[name, version] = Package(name, version, installs, needed.strip())
    return [found[key] for key in sorted(found)]


def licence(package: Package, before: dict[tuple[str, str], str]) -> str:
    """The licence that a package says of itself, or what the page said of this version before."""
    try:
        installed: Distribution | None = distribution(package.name)
    except PackageNotFoundError:
        installed = None
    if installed is None or installed.version != package.version:
        said = before.get((package.name, package.version), NOT_SAID)
    else:
        said = _said(installed)
    return READ_BY_HAND.get(package.name, said) if said == NOT_SAID else said


def _said(installed: Distribution) -> str:
    """Its expression, its classifiers or the name it gives, in this order: a whole text is none of them."""
    told = installed.metadata
    if expression := told.get("License-Expression"):
        return str(expression)
    classed = [str(one).split(" :: ")[-1] for one in told.get_all("Classifier") or [] if str(one).startswith("License")]
    named = str(told.get("License") or "").strip()
    is_name = 0 < len(named) <= LONGEST and "\n" not in named and named not in ("UNKNOWN", "Dual License")
    chosen = [named] if is_name and not (classed and named in CALLED) else classed
    return " or ".join(sorted({CALLED.get(one, one) for one in chosen})) or NOT_SAID


def rows() -> Iterator[tuple[Package, str]]:
    """Every package with its licence."""
    before = told_before()
    for package in packages():
        yield package, licence(package, before)


def told_before() -> dict[tuple[str, str], str]:
    """What the page says now. Name and version -> licence."""
    lines = PAGE.read_text(encoding="utf-8").splitlines() if PAGE.exists() else []
    cells = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")]
    return {(row[0], row[1]): row[2] for row in cells if len(row) >= 4 and row[2] != NOT_SAID}


def bill(listed: list[tuple[Package, str]]) -> str:
    """The bill of materials, the same for the same pins."""
    components = [
        {
            "type": "library",
            "bom-ref": _purl(one),
            "name": one.name,
            "version": one.version,
            "purl": _purl(one),
            "scope": "excluded"
            if one.installs == ("test",)
            else "optional"
            if "run" not in one.installs
            else "required",
            "licenses": [{"license": {"name": licence}}],
            "properties": [
                {"name": "qa-analysis:installs", "value": " ".join(one.installs)},
                *([{"name": "qa-analysis:needed", "value": one.needed}] if one.needed else []),
            ],
        }
        for one, licence in listed
    ]
    about = {"component": {"type": "application", "bom-ref": "qa-analysis", "name": "qa-analysis"}}
    whole = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": about, "components": components}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _scope(one: Package) -> str:
    """Whether a run needs it, another use does, or the tests alone."""
    return "required" if "run" in one.installs else "excluded" if one.installs == ("test",) else "optional"


def _purl(one: Package) -> str:
    return f"pkg:pypi/{re.sub(r'[-_.]+', '-', one.name).lower()}@{one.version}"


def page(listed: list[tuple[Package, str]]) -> str:
    """The list for people. One row per package."""
    told: dict[str, int] = {}
    for _, licence in listed:
        told[licence] = told.get(licence, 0) + 1
    counted = ", ".join(f"{name} {number}" for name, number in sorted(told.items(), key=lambda one: (-one[1], one[0])))
    lines = [
        f"| {one.name} | {one.version} | {licence} | {', '.join(one.installs)} | {one.needed.replace('|', '')} |"
        for one, licence in listed
    ]
    head = ("| package | version | licence | installs | only where |", "|---|---|---|---|---|")
    return "\n".join([FOREWORD, "", f"{len(listed)} packages: {counted}.", "", *head, *lines, ""])


def main() -> None:
    """Renew both."""
    listed = list(rows())
    PAGE.write_text(page(listed), encoding="utf-8", newline="\n")
    BILL.write_text(bill(listed), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
