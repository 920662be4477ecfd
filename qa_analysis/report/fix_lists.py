"""What each record's owner is asked to mend: one private workbook per person, in restricted/ alone (tier A)."""

from pathlib import Path

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.identity import Identities
from qa_analysis.report.workbook import Sheet, write_workbook

SHOWN = {
    "dataset": "Dataset",
    "key": "Record",
    "file": "File",
    "sheet": "Sheet",
    "row": "Row",
    "column": "Column",
    "message": "What to do",
}
NOBODY = "owner-not-recorded"
WIDTHS = {"Dataset": 16, "Record": 20, "File": 28, "Sheet": 14, "Row": 8, "Column": 26, "What to do": 90}


def write_fix_lists(issues: DataFrame, names: dict[str, str], identities: Identities, folder: Path) -> None:
    """One workbook per owner with anything to mend, and index.xlsx saying whose is whose.

    File names carry a number, not a person: the manifest lists them.
    """
    if issues.empty:
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    owners = issues["owner"].fillna(NOBODY)
    ordered = sorted(owners.unique(), key=lambda owner: (owner == NOBODY, _original(owner, identities)))
    index = []
    for number, owner in enumerate(ordered, start=1):
        file = f"fix-list-{number:03d}.xlsx"
        mine = issues[owners == owner]
        person = _original(owner, identities)
        index.append({"Worker": person, "Name": names.get(owner, ""), "Points": len(mine), "File": file})
        _write(_readable(mine, identities), folder / file, title=f"Records to mend: {names.get(owner) or person}")
    _write(pd.DataFrame(index), folder / "index.xlsx", title="Whose fix-list is whose")


def owner_names(staff: DataFrame | None, identities: Identities) -> dict[str, str]:
    """The name of each worker, for restricted/ alone; by pseudonym."""
    if staff is None:
        return {}
    named = staff.dropna(subset=["worker_id", "name"]).drop_duplicates("worker_id", keep="last")
    return dict(zip(named["worker_id"], identities.original(named["name"]), strict=True))


def _readable(issues: DataFrame, identities: Identities) -> DataFrame:
    """The issues as their owner knows the records. One row per issue."""
    keys = issues["key"].map(
        lambda key: "+".join(identities.originals.get(part, part) for part in key.split("+")), na_action="ignore"
    )
    return issues.assign(key=keys)[list(SHOWN)].rename(columns=SHOWN)


def _original(owner: str, identities: Identities) -> str:
    return identities.originals.get(owner, "Owner not recorded" if owner == NOBODY else owner)


def _write(table: DataFrame, path: Path, *, title: str) -> None:
    write_workbook(path, [Sheet("To mend", title, table, widths=WIDTHS)], title=title)
