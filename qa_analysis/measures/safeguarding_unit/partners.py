"""Whether partners came to conferences and reviews and sent their reports, agency by agency."""

from collections.abc import Iterator, Mapping
from typing import Final

import scipy  # its parts load when they are first used
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, share, shares_by
from qa_analysis.measures.populations import CONFERENCES_HELD, INVITATIONS
from qa_analysis.measures.safeguarding_unit.conferences import held_in
from qa_analysis.measures.safeguarding_unit.periods import Months, lately, told_periods
from qa_analysis.stats.proportions import holm

DATASET, AGENCY = "partner_contributions", "agency"
INVITED, CAME, REPORTED = "is_invited", "attended", "report_received"
OTHERS: Final = "other agencies"
ASKED: Final[Mapping[str, str]] = {"partner_attended": CAME, "partner_reported": REPORTED}
UNDER_HALF: Final = "clearly under half"
HALF: Final = 0.5

LIMITS = (
    "only of conferences and reviews that were supplied too; an invitation of which it is not recorded is left out; "
    "agencies invited to under five are shown together"
)


@declares(
    Measure(
        "partner_invited",
        title="Partners invited",
        family=family.CONFERENCES,
        counts="conferences and reviews held in the month, in the last three months and in the year to which an agency "
        "was invited, of those of which that is recorded",
        by="agency",
        limits="only where conferences and reviews were supplied too; whether an agency should have been invited is "
        "not known; agencies with under five records are shown together",
        unit="share",
    ),
    Measure(
        "partner_attended",
        title="Partners who came",
        family=family.CONFERENCES,
        counts="invitations to conferences and reviews held in the month, in the last three months and in the year to "
        "which the agency came; the note of an agency of the last three months says where that is clearly under half",
        by="agency",
        limits=LIMITS,
        unit="share",
    ),
    Measure(
        "partner_reported",
        title="Partners' reports received",
        family=family.CONFERENCES,
        counts="invitations to conferences and reviews held in the month, in the last three months and in the year for "
        "which the agency's report came; the note of an agency of the last three months says where that is clearly "
        "under half",
        by="agency",
        limits=f"{LIMITS}; whether it came in time is not recorded",
        unit="share",
    ),
    Measure(
        "partners_recorded",
        title="Conferences and reviews with a record of partners",
        family=family.CONFERENCES,
        counts="conferences and reviews held in the month, in the last three months and in the year that have a record "
        "of at least one agency",
        unit="share",
    ),
    needs=("conferences", DATASET),
)
def partners(tables: Tables) -> list[Figure]:
    """How often partners were invited, came and reported, all and by agency. One figure per period and agency."""
    return [row for months in told_periods(tables) for row in _of_period(tables, months)]


def invitations(tables: Tables, months: Months) -> DataFrame:
    """What is recorded of partners and the conferences and reviews held in some months. One row per agency and one."""
    some = tables.frames[DATASET]
    return some[some["conference_id"].isin(held_in(tables, months)["conference_id"]) & some[AGENCY].notna()]


def answered(invited: DataFrame, column: str) -> DataFrame:
    """The invitations of which an answer is recorded, with it as yes or no. One row each."""
    said = invited[invited[INVITED].fillna(value=False) & invited[column].notna()]
    return said.assign(**{column: said[column].astype(bool)})


def _of_period(tables: Tables, months: Months) -> Iterator[Figure]:
    some, held = invitations(tables, months), held_in(tables, months)
    labels = {"period": period_of(months), "population": CONFERENCES_HELD}
    few = tables.rules.percentage_from
    if len(held):
        known = int(held["conference_id"].isin(some["conference_id"]).sum())
        yield share("partners_recorded", known, len(held), few=few, **labels)
    asked = some[some[INVITED].notna()]
    yield from _shares(
        tables, asked.assign(**{INVITED: asked[INVITED].astype(bool)}), INVITED, "partner_invited", labels
    )
    labels = {**labels, "population": INVITATIONS}
    rows = [
        row
        for measure, column in ASKED.items()
        for row in _shares(tables, answered(some, column), column, measure, labels)
    ]
    yield from _judged(rows, tables) if months == lately(tables) else rows


def _shares(tables: Tables, said: DataFrame, column: str, measure: str, labels: Mapping[str, str]) -> list[Figure]:
    """The share of all, and of each agency; small agencies together."""
    if said.empty:
        return []
    few = tables.rules.percentage_from
    sizes = said.groupby(AGENCY)[AGENCY].transform("size")
    named = said.assign(**{AGENCY: said[AGENCY].mask(sizes < few, OTHERS)})
    return [
        share(measure, int(said[column].sum()), len(said), few=few, **labels),
        *shares_by(named, AGENCY, column, measure, few=few, **labels),
    ]


def _judged(rows: list[Figure], tables: Tables) -> list[Figure]:
    """The figures, those of agencies that are clearly under half with that word.

    Exact binomial tests against a half, corrected for there being one for each agency and question (Holm): no agency is
    held against another. Too few to judge are not judged.
    """
    asked = [
        place
        for place, row in enumerate(rows)
        if row.group not in ((), (OTHERS,)) and row.denominator >= tables.rules.verdict_from
    ]
    levels = holm([p_of_under_half(rows[place].numerator, rows[place].denominator) for place in asked])
    clear = {place for place, p in zip(asked, levels, strict=True) if p < 1 - tables.rules.confidence}
    return [row.judged(UNDER_HALF) if place in clear else row for place, row in enumerate(rows)]


def p_of_under_half(part: float, whole: float) -> float:
    """How often so few of so many would be seen if half were usual: the lower tail of the binomial distribution."""
    return float(scipy.stats.binom.cdf(part, whole, HALF))
