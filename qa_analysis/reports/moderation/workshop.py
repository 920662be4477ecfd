"""The pack for a workshop on what good looks like: past audits on which panel and auditor parted, nobody named in them.

Tier A all the same, for the Quality Assurance Manager: a family may be known from what happened to it.
"""

from collections.abc import Callable, Iterator

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.disclosure.masking import mask, unnamed, written_small
from qa_analysis.forms.excel.workbook import Book, Sheet
from qa_analysis.measures.figure import labelled
from qa_analysis.measures.moderation.split_cases import split_cases, split_grades
from qa_analysis.measures.themes.phrases import vocabulary
from qa_analysis.month.named import Named

Hide = Callable[[Series], Series]
FILE = "calibration-pack.xlsx"
TITLE = "What good looks like: a workshop"
WIDTHS = {"Case": 8, "Finding": 90, "Key area": 36, "Step": 100, "Why": 60, "Grade of": 36, "The panel's reason": 70}
STEPS = (
    "Read the pack before the room does: names are taken out by machine, and a nickname or a known event can stay.",
    "Everybody grades each case alone, on the sheet Grade, before anybody speaks.",
    "Talk over the cases on which the room itself differs; start from what the difference was for the child.",
    "Then look at the sheet Answers: what auditor and panel said, and why. Neither is the right answer; the aim "
    "is a shared view of what good looks like.",
    "Write down what the group would look for next time, and keep it for the next auditor's induction.",
)


def workshop_pack(named: Named) -> Iterator[Book]:
    """One workbook of at most six cases: what was found, a sheet to grade on, and the answers apart."""
    tables = named.tables
    cases = {audit: f"{number}" for number, audit in enumerate(split_cases(tables), start=1)}
    if not cases:
        return
    hide = masker(named)
    sheets = (
        Sheet("How to use", TITLE, pd.DataFrame({"Step": STEPS}), widths=WIDTHS),
        Sheet("Cases", "What was found in each case", found(tables, cases, hide), widths=WIDTHS),
        Sheet("Grade", "Your own grades, before the answers", to_grade(tables, cases), widths=WIDTHS),
        Sheet("Answers", "What auditor and panel said", answers(tables, cases, hide), widths=WIDTHS),
    )
    yield Book(FILE, TITLE, sheets)


def masker(named: Named) -> Hide:
    """What takes names and identifiers out of the texts of this council."""
    tables = named.tables
    originals, teams = set(named.identities.originals.values()), set(tables.audits["team"].dropna())
    small, words = written_small(tables.findings["text"].dropna()), vocabulary(tables.rules)

    def hide(texts: Series) -> Series:
        known = texts.dropna()
        masked = [unnamed(text, small, words) for text in mask(known, originals, teams=teams)]
        return pd.Series(masked, index=known.index, dtype="str").reindex(texts.index)

    return hide


def found(tables: Tables, cases: dict[str, str], hide: Hide) -> DataFrame:
    """What the auditor wrote of each case, without a grade. One row per finding, or one for a case without any."""
    audits = tables.audits[tables.audits["audit_id"].isin(cases)]
    held = audits[["audit_id", "case_status", "age_band"]].merge(
        tables.findings[["audit_id", "key_area", "polarity", "text"]], on="audit_id", how="left"
    )
    held = held.assign(case=held["audit_id"].map(cases)).sort_values(["case", "polarity", "key_area"], kind="stable")
    return pd.DataFrame(
        {
            "Case": held["case"],
            "Case status": labelled(held["case_status"]),
            "Age": labelled(held["age_band"]),
            "Key area": held["key_area"].map(dict(tables.rules.key_areas)).fillna(""),
            "Found": held["polarity"].fillna("nothing recorded"),
            "Finding": hide(held["text"]),
        }
    )


def to_grade(tables: Tables, cases: dict[str, str]) -> DataFrame:
    """An empty place for each grade of each case. One row per case and grade."""
    areas = ["Overall", *tables.rules.key_areas.values()]
    rows = [(case, area, "", "") for case in cases.values() for area in areas]
    return pd.DataFrame(rows, columns=["Case", "Grade of", "Your grade", "Why"])


def answers(tables: Tables, cases: dict[str, str], hide: Hide) -> DataFrame:
    """The grades on which panel and auditor parted, with the reason. One row per case and grade changed."""
    changed = split_grades(tables)
    changed = changed[changed["audit_id"].isin(cases)]
    reasons = tables.moderations.drop_duplicates("audit_id", keep="last").set_index("audit_id")
    names = {"": "Overall", **tables.rules.key_areas}
    order = {area: place for place, area in enumerate(names)}
    shown = changed.assign(case=changed["audit_id"].map(cases), place=changed["area"].map(order))
    shown = shown.sort_values(["case", "place"], kind="stable", ignore_index=True)
    return pd.DataFrame(
        {
            "Case": shown["case"],
            "Grade of": shown["area"].map(names),
            "Auditor": shown["auditor"],
            "Panel": shown["panel"],
            "Was about": labelled(shown["audit_id"].map(reasons["reason_about"])),
            "The panel's reason": hide(shown["audit_id"].map(reasons["reason_for_change"])),
        }
    )
