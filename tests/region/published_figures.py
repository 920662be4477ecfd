"""What councils published, as small tables written by hand: counts of the shared edition, and of moderation."""

import json
from pathlib import Path

from pandas import DataFrame

from qa_analysis.measures.figure import COLUMNS

MONTH, QUARTER, YEAR = "2023-06", "2023-04/2023-06", "2022-07/2023-06"
RANDOM = "random third, 12 cycles"
Row = dict[str, object]


def row(measure: str, period: str, population: str = "shared edition", **more: object) -> Row:
    """One line of measures.csv."""
    return {"measure": measure, "period": period, "as_at": "2023-07-11", "population": population, **more}


def share(measure: str, part: float, whole: float, period: str = QUARTER, **more: object) -> Row:
    return row(measure, period, numerator=part, denominator=whole, value=part / whole, unit="share", **more)


def good(part: float, whole: float) -> Row:
    """Audits graded good or better, of three cycles."""
    return share("shared_good_or_better", part, whole)


def upheld(part: float, whole: float) -> Row:
    return share("shared_promise_kept", part, whole, YEAR, by="promise", group="grades-upheld")


def moderated(lowered: int, same: int, every: int) -> list[Row]:
    """The panel's decisions as managers have them, to the last one."""
    return [
        share(name, part, every, YEAR) | {"population": RANDOM}
        for name, part in (("moderation_lowered", lowered), ("agreement_exact", same))
    ]


def alerts(formal: float, informal: float, cared_for: float, on_a_plan: float) -> list[Row]:
    kinds = (("formality", "formal", formal), ("formality", "informal", informal))
    children = (("case_status", "CLA", cared_for), ("case_status", "CP", on_a_plan))
    return [
        row(measure, QUARTER, by=by, group=group, value=value)
        for measure, held in (("shared_unit_alerts", kinds), ("shared_unit_children", children))
        for by, group, value in held
    ]


def publish(outputs: Path, council: str, rows: list[Row], month: str = MONTH) -> Path:
    """A published month with these figures."""
    folder = outputs / council / month
    (folder / "tables").mkdir(parents=True)
    DataFrame(rows, columns=list(COLUMNS)).to_csv(folder / "tables" / "measures.csv", index=False)
    (folder / "tables" / "month.json").write_text(json.dumps({"month": month, "council": {}}))
    (folder / "manifest.json").write_text(json.dumps({"month": month, "published": "2023-07-11T07:00:00+01:00"}))
    return folder
