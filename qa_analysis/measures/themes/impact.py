"""Whether findings and actions speak of what practice did for the child, or of whether something was done."""

import re
from collections.abc import Iterable

from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_of, period_of
from qa_analysis.framework import Rules
from qa_analysis.measures import family
from qa_analysis.measures.audits.linked import coded_by_audit, numbers_in
from qa_analysis.measures.audits.volumes import audits_of_year, cycle_audits
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, several, share
from qa_analysis.measures.populations import ACTIONS_OF_PERIOD, EVERY_ROUTE, HEADLINE
from qa_analysis.measures.themes.findings import headline_findings
from qa_analysis.measures.themes.in_audits import POLARITIES
from qa_analysis.stats.wording.different import of_each

IMPACT, COMPLIANCE, BOTH, NEITHER = "impact", "compliance", "both", "neither"
KINDS = (IMPACT, COMPLIANCE, BOTH, NEITHER)


@declares(
    Measure(
        "finding_wording",
        title="Findings by wording",
        family=family.FINDINGS,
        counts="findings of headline audits that speak of impact, of compliance, of both or of neither, of all "
        "their findings, for each of the twelve cycles and for all together",
        by="wording, polarity+wording",
        limits="goes by two lists of words that were not held against people's judgement: read the change over "
        "time, not the level; strengths and areas for development apart over twelve cycles alone",
        unit="share",
    ),
    Measure(
        "action_wording",
        title="Actions by wording",
        family=family.FINDINGS,
        counts="actions agreed in the month, and in twelve months, that speak of impact, of compliance, of both "
        "or of neither, of all agreed then",
        by="wording",
        limits="goes by two lists of words that were not held against people's judgement: read the change over "
        "time, not the level",
        unit="share",
    ),
    Measure(
        "impact_statement_missing",
        title="Audits without an impact statement",
        family=family.FINDINGS,
        counts="audits without a statement of impact on the child, of all audits of every route, for the month "
        "and for twelve cycles",
        limits="no figure where the extract holds no statement at all",
        unit="share",
    ),
)
def impact(tables: Tables) -> list[Figure]:
    """Findings and actions by wording, cycle by cycle, and audits without an impact statement. One figure each."""
    return [*findings_worded(tables), *actions_worded(tables), *statement_missing(tables)]


def wording(texts: Series, rules: Rules) -> Series:
    """Whether a text speaks of impact, of compliance, of both or of neither, by the lists of words. One per text."""
    return of_each(texts.fillna(""), lambda different: _wording(different, rules))


def _wording(texts: Series, rules: Rules) -> Series:
    speaks = {kind: texts.str.contains(_any_of(words)) for kind, words in _lists(rules).items()}
    kinds = speaks[IMPACT].map({True: IMPACT, False: NEITHER})
    return kinds.mask(speaks[COMPLIANCE], COMPLIANCE).mask(speaks[IMPACT] & speaks[COMPLIANCE], BOTH)


def findings_worded(tables: Tables) -> list[Figure]:
    """The headline audits' findings by wording: each cycle's, the year's, and the year's by polarity."""
    columns = ("audit_id", "polarity", "text")
    year = headline_findings(tables, months=tables.rolling_cycles, columns=columns).dropna(subset="text")
    worded = DataFrame(
        {
            "polarity": year["polarity"],
            "wording": wording(year["text"], tables.rules).astype("category"),
            "cycle_month": coded_by_audit(tables, "cycle_month", numbers_in(tables, year["audit_id"])),
        }
    )
    each = {str(cycle): some for cycle, some in worded.groupby("cycle_month", observed=True)}
    by_cycle = [
        row
        for cycle in tables.rolling_cycles
        for row in _kinds(tables, "finding_wording", each.get(cycle, worded.iloc[:0]), period=cycle)
    ]
    whole = period_of(tables.rolling_cycles)
    return [
        *by_cycle,
        *_kinds(tables, "finding_wording", worded, period=whole),
        *(
            row
            for polarity in POLARITIES
            for row in _kinds(
                tables, "finding_wording", worded[worded["polarity"] == polarity], period=whole, before=polarity
            )
        ),
    ]


def actions_worded(tables: Tables) -> list[Figure]:
    """Actions by wording, those agreed in the month and in the year."""
    agreed = months_of(tables.actions["agreed_on"])
    year = tables.actions[agreed.isin(tables.rolling_cycles) & tables.actions["description"].notna()]
    worded = year.assign(wording=wording(year["description"], tables.rules), agreed=agreed)
    return [
        row
        for period, some in (
            (tables.month, worded[worded["agreed"] == tables.month]),
            (period_of(tables.rolling_cycles), worded),
        )
        for row in _kinds(tables, "action_wording", some, period=period, population=ACTIONS_OF_PERIOD)
    ]


def statement_missing(tables: Tables) -> list[Figure]:
    """The share of audits without an impact statement, month and year; none where the extract holds no statements."""
    if tables.audits["impact_statement"].isna().all():
        return []
    year = audits_of_year(tables)
    return [
        share(
            "impact_statement_missing", int(audits["impact_statement"].isna().sum()), len(audits), period=period,
            population=EVERY_ROUTE, few=tables.rules.percentage_from,
        )
        for period, audits in ((tables.month, cycle_audits(tables)), (period_of(tables.rolling_cycles), year))
    ]  # fmt: skip


def _kinds(
    tables: Tables, measure: str, worded: DataFrame, *, period: str, before: str = "", population: str = HEADLINE
) -> list[Figure]:
    """The share of each wording, none left out; nothing where there is no text."""
    sizes = worded["wording"].value_counts()
    return [
        share(
            measure, int(sizes.get(kind, 0)), len(worded), period=period, population=population,
            by=(*(["polarity"] if before else []), "wording"), group=(*several(before), kind),
            few=tables.rules.percentage_from,
        )
        for kind in KINDS
        if len(worded)
    ]  # fmt: skip


def _lists(rules: Rules) -> dict[str, tuple[str, ...]]:
    return {IMPACT: rules.impact_words, COMPLIANCE: rules.compliance_words}


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words as a whole word; a star stands for any ending."""
    written = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"(?<!\w)(?:{written})(?!\w)", re.IGNORECASE)
