"""What changed in the way of auditing, and which comparisons span it: one rule for grades and for themes."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import month_name
from qa_analysis.english import listed
from qa_analysis.measures.audits.linked import is_headline, remembered
from qa_analysis.measures.figure import Figure

FORM_CHANGED: Final = "the audit form changed"
OTHER_THEMES: Final = "most audits were on other themes"
BREAKS_BY: Final = ("cycle_month", "theme_code")
NOT_COMPARABLE: Final = "not directly comparable"
SAME_THEMES = 0.5  # of the later audits must be on a theme audited earlier too: with fewer, other work was looked at


class Break(NamedTuple):
    """The first cycle in which audits were done another way, and what is other about them."""

    cycle: str
    name: str
    is_of_grading: bool  # so that a claim across it is never made without saying so


@remembered
def known_breaks(tables: Tables) -> tuple[Break, ...]:
    """The breaks that the council's rules name and those that the audit forms show, the earliest first."""
    rules = tables.rules
    named = [Break(cycle, name, name in rules.breaks_in_grading) for cycle, name in rules.breaks.items()]
    return tuple(sorted([*named, *_form_changes(tables)]))


def breaks_between(tables: Tables, now: DataFrame, then: DataFrame) -> tuple[str, ...]:
    """What stands between the audits of two periods, in words; nothing where they were done alike.

    Of the audits their cycle_month and theme_code are looked at (BREAKS_BY).
    """
    names: dict[str, list[str]] = {}
    earlier, later = (side["cycle_month"].dropna().unique() for side in (then, now))
    for found in known_breaks(tables):
        if any(cycle < found.cycle for cycle in earlier) and any(cycle >= found.cycle for cycle in later):
            names.setdefault(found.cycle, []).extend([found.name] if found.is_of_grading else [])
    spanned = [f"{listed(held)} in {month_name(cycle)}" for cycle, held in names.items() if held]
    return (*spanned, *([OTHER_THEMES] if _are_on_other_themes(now, then) else []))


def across(figure: Figure, breaks: tuple[str, ...]) -> Figure:
    """The figure of a comparison, qualified by the breaks that it spans; one without a number needs no more."""
    if not breaks or not figure.is_given:
        return figure
    said = f"{figure.note}, {NOT_COMPARABLE}" if figure.note else NOT_COMPARABLE
    return figure.but(reasons=(*figure.reasons, *breaks), note=f"{said}: {'; '.join(breaks)}")


def _form_changes(tables: Tables) -> Iterator[Break]:
    """The cycles in which a version of the form is the usual one for the first time; the first version is no change."""
    known = tables.audits[["cycle_month", "form_version"]][is_headline(tables)].dropna(subset=["form_version"])
    usual = known.groupby("cycle_month")["form_version"].agg(lambda versions: versions.mode().iloc[0])
    for cycle in usual.drop_duplicates().index[1:]:
        yield Break(str(cycle), FORM_CHANGED, is_of_grading=True)


def _are_on_other_themes(now: DataFrame, then: DataFrame) -> bool:
    """Whether most of the later audits are on themes that the earlier ones did not look at."""
    after, before = (side["theme_code"].value_counts() for side in (now, then))
    same = int(after[after.index.isin(before.index)].sum())
    return bool(len(after) and len(before) and same / int(after.sum()) < SAME_THEMES)
