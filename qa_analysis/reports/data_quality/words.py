"""The sentences of the data quality report on what could not be used."""

from collections.abc import Iterator

from qa_analysis.english import agreeing, counted, in_a_sentence, listed
from qa_analysis.framework import Rules
from qa_analysis.measures.figure import figures_of
from qa_analysis.month.month import Month

CELLS = ("overall_grade", "selection_route")  # besides the areas' grades: what an audit can do without
NAMES = {
    "audit_id": "reference", "cycle_month": "cycle", "audited_on": "date of the audit", "selection_route": "route",
    "overall_grade": "overall grade",
}  # fmt: skip


def set_aside_sentences(month: Month) -> list[str]:
    """What could not be used: audits of the cycle by reason, and rows of the extracts; nothing where all could be."""
    return [*_audits(month), *_rows(month)]


def _audits(month: Month) -> Iterator[str]:
    for figure in figures_of(month.figures("audits_set_aside", by=("column", "rule"))):
        column, rule = figure.group
        number, every = int(figure.numerator), int(figure.denominator)
        they = agreeing(number, "It counts", "They count")
        others = f" {they} in every other figure." if _is_a_cell(column, month.rules) else ""
        reason = _reason(column, rule, month.rules)
        yield f"{number} of {counted(every, 'audit')} of the cycle could not be used: {reason}.{others}"


def _rows(month: Month) -> list[str]:
    """In one sentence how many rows of each dataset are in no figure."""
    figures = figures_of(month.figures("rows_set_aside", by="dataset"))
    if not figures:
        return []
    parts = [f"{int(one.numerator):,} of {int(one.denominator):,} rows of {_called(one.group[0])}" for one in figures]
    return [f"Set aside and in no figure until corrected, or because they are copies: {listed(parts)}."]


def _called(dataset: str) -> str:
    return dataset.replace("_", " ")


def _is_a_cell(column: str, rules: Rules) -> bool:
    return column in CELLS or column in rules.grade_columns.values()


def _reason(column: str, rule: str, rules: Rules) -> str:
    """Why they could not be used, as a sentence ends."""
    if rule == "duplicate-key":
        return "one reference stands for records that differ"
    return f"{_name(column, rules)} {'blank' if rule == 'value-missing' else 'not readable'}"


def _name(column: str, rules: Rules) -> str:
    """A column of audits in a reader's words."""
    areas = {held: area for area, held in rules.grade_columns.items()}
    if column in areas:
        return f"grade for {in_a_sentence(rules.key_areas[areas[column]])}"
    return NAMES.get(column, column.replace("_", " "))
