"""What was published before, for a month to be compared with: every revision of every month is a vintage."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
from pandas import DataFrame

from qa_analysis.disclosure.places import MANIFEST, RESTRICTED, ROWS
from qa_analysis.disclosure.told_before import NAMED
from qa_analysis.month.causes import Earlier
from qa_analysis.month.digests import read_digests
from qa_analysis.month.figures import NO_FIGURES
from qa_analysis.month.files import read_measures
from qa_analysis.month.rows import read_rows
from qa_analysis.publishing.publish import publications, revision_of

_PROGRAM = ("program", "commit", "packages", "python")


@dataclass(frozen=True)
class Vintage:
    """One publication: its folder, its month, and what its manifest says."""

    folder: Path
    month: str
    told: Mapping[str, Any]

    def earlier(self, manifest: Mapping[str, Any]) -> Earlier | None:
        """It as a month to compare with; None where another key was used, or its rows are not at hand."""
        is_at_hand = (self.folder / RESTRICTED / ROWS).is_file() and "as_at" in self.told
        if not is_at_hand or self.told.get("key") != manifest["key"]:
            return None
        return Earlier(
            folder=self.folder.name,
            month=self.month,
            as_at=date.fromisoformat(self.told["as_at"]),
            rows=partial(read_rows, self.folder),
            is_same_program=self._is_same(manifest, _PROGRAM),
            is_same_rules=self._is_same(manifest, ("rules_version",)),
            is_same_council=self._is_same(manifest, ("council",)),
            known=read_digests(self.folder).get("known", {}),
        )

    def _is_same(self, manifest: Mapping[str, Any], names: Collection[str]) -> bool:
        return all(self.told.get(name) == manifest.get(name) for name in names)


def vintages(outputs: Path, month: str) -> tuple[Vintage, ...]:
    """Every publication of every month up to a month, oldest first."""
    found = []
    for folder in outputs.iterdir() if outputs.is_dir() else ():
        named = revision_of(folder.name)
        if named and named[0] <= month and (told := _told(folder)) is not None:
            found.append((str(told.get("published", "")), *named, Vintage(folder, named[0], told)))
    return tuple(one for *_, one in sorted(found, key=lambda row: row[:3]))


def figures_of(publications: Collection[Vintage]) -> dict[str, DataFrame]:
    """The figures of each publication, by the name of its folder; one that has lost its table is left out."""
    tables = {one.folder.name: one.folder / "tables" for one in publications}
    return {name: read_measures(table) for name, table in tables.items() if (table / "measures.csv").is_file()}


def published_figures(outputs: Path, month: str) -> dict[str, DataFrame]:
    """The figures of every publication of every month up to a month, oldest first. One row per figure."""
    return figures_of(vintages(outputs, month))


def _told(folder: Path) -> dict[str, Any] | None:
    """What a manifest says; None where the folder was never published or it cannot be read."""
    try:
        return dict(json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def newest_figures(outputs: Path) -> DataFrame:
    """The newest of all figures that were published, of whatever month and revision. One row per name of a figure."""
    known = sorted(publications(outputs), key=lambda one: one.published) if outputs.is_dir() else []
    found = [read_measures(outputs / one.folder / "tables") for one in known if _has_figures(outputs / one.folder)]
    return pd.concat([NO_FIGURES, *found], ignore_index=True).drop_duplicates(NAMED, keep="last")


def _has_figures(folder: Path) -> bool:
    return (folder / "tables" / "measures.csv").is_file()
