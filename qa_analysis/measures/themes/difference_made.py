"""What difference practice made to children, as far as the records of audits say so."""

from collections.abc import Iterator

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.audits.volumes import headline_audits
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, share
from qa_analysis.measures.populations import HEADLINE
from qa_analysis.measures.themes.what_changed import (
    BETTER,
    DIRECTIONS,
    MIXED,
    NOT_SAID,
    UNCLEAR,
    WORSE,
    what_changed,
)
from qa_analysis.stats.wording.different import of_each

NOT_RECORDED = "not recorded"
CHANGES = (BETTER, WORSE, MIXED, NOT_SAID, UNCLEAR, NOT_RECORDED)
STATEMENT, FINDINGS = "impact statement", "findings"
SOURCES = (STATEMENT, FINDINGS)
_NO_STATEMENT = (
    r"(?:n/?a|not applicable|not recorded|not completed|tbc|as above|see (?:above|findings|below)|[\W_]*)\.?"
)


@declares(
    Measure(
        "impact_on_child",
        title="Audits by what changed for the child",
        family=family.FINDINGS,
        counts="headline audits by what their record says changed for the child (better, worse or no difference, "
        "mixed, what changed is not said, direction not clear, not recorded), of all headline audits, for the month "
        "and for twelve cycles: the impact statement, and the findings where it says no direction",
        by="change, source+change",
        limits="goes by lists of words, rather leaving a direction open than taking a wrong one: direction not clear "
        "is a limit of the reading as much as of the record; not said is a statement of compliance alone, or one that "
        "says that nobody can tell; not recorded is a blank statement, without findings that say; no figure where the "
        "extract holds no statement at all; by source for the three directions alone",
        unit="share",
    ),
)
def difference_made(tables: Tables) -> list[Figure]:
    """What changed for the child, in the month's audits and the year's. One figure per change, and per source of it."""
    if tables.audits["impact_statement"].isna().all():
        return []
    year = told(tables, tables.rolling_cycles)
    of_month = year[year["cycle_month"] == tables.month]
    return [
        row
        for cycles, some in (((tables.month,), of_month), (tables.rolling_cycles, year))
        if len(some)
        for row in _shares(tables, some, period_of(cycles))
    ]


def told(tables: Tables, cycles: tuple[str, ...]) -> DataFrame:
    """The headline audits with what changed for the child. One row per audit: change, and source where there is one."""
    audits = headline_audits(tables, months=cycles, columns=("audit_id", "cycle_month", "impact_statement"))
    statement = audits["impact_statement"].mask(of_each(audits["impact_statement"], _says_nothing))
    change = what_changed(statement, tables.rules).mask(statement.isna(), NOT_RECORDED)
    is_open = ~change.isin(DIRECTIONS)
    by_findings = audits["audit_id"].map(_by_findings(tables, audits.loc[is_open, "audit_id"])).where(is_open)
    source = pd.Series(STATEMENT, index=audits.index).mask(is_open, FINDINGS).where(~is_open | by_findings.notna())
    return audits[["audit_id", "cycle_month"]].assign(
        change=change.mask(by_findings.notna(), by_findings), source=source
    )


def _says_nothing(statements: Series) -> Series:
    """Whether a statement is there and is none."""
    return statements.str.strip().str.fullmatch(_NO_STATEMENT, case=False).fillna(value=False)


def _by_findings(tables: Tables, audit_ids: Series) -> Series:
    """What the findings of some audits say changed, for those that name a direction. One value per audit, by its id."""
    findings = tables.findings[tables.findings["audit_id"].isin(audit_ids)]
    change = what_changed(findings["text"], tables.rules)
    each = findings[["audit_id"]].assign(change=change)[change.isin(DIRECTIONS)].drop_duplicates()
    said = each["change"].mask(each["audit_id"].duplicated(keep=False), MIXED)
    return said.set_axis(each["audit_id"])[~each["audit_id"].duplicated().to_numpy()]


def _shares(tables: Tables, audits: DataFrame, period: str) -> Iterator[Figure]:
    """Every change, none left out, and every source of a direction."""
    labels = {"period": period, "population": HEADLINE}
    few = tables.rules.percentage_from
    for change in CHANGES:
        is_it = audits["change"] == change
        yield share("impact_on_child", int(is_it.sum()), len(audits), by="change", group=change, few=few, **labels)
        for source in SOURCES if change in DIRECTIONS else ():
            size = int((is_it & (audits["source"] == source)).sum())
            both = (source, change)
            yield share("impact_on_child", size, len(audits), by=("source", "change"), group=both, few=few, **labels)
