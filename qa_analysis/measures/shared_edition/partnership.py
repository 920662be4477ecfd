"""Multi-agency working as the partnership may read it: three months together, rounded, with what is still open.

By the rules of the shared edition: nothing exact leaves this room, and no whole stands beside its parts.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from pandas import DataFrame, DateOffset

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import TOO_FEW, Figure
from qa_analysis.measures.prompts.answers import DATASET as ANSWERS
from qa_analysis.measures.prompts.answers import PROMPT, YES, answered, applicable
from qa_analysis.measures.reviews.recommendations import DATASET as REVIEWS
from qa_analysis.measures.reviews.recommendations import waiting
from qa_analysis.measures.safeguarding_unit import conferences, partners
from qa_analysis.measures.safeguarding_unit.periods import Months, lately
from qa_analysis.measures.shared_edition.protected import count_told, share_told

AREA: Final = "multi_agency"
ANSWERED: Final = "shared_multi_agency_prompt"
INVITED: Final = "shared_partner_invited"
OPEN: Final = "shared_recommendations_open"
KIND, SUBJECT, AGE = "kind_of_review", "subject", "open_for"
TOGETHER, OTHER = "multi-agency working", "other themes"
SUBJECTS: Final = (TOGETHER, OTHER)
A_YEAR, LONGER = "a year or less", "over a year"
KINDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "case reviews": ("LCSPR", "rapid review"),
        "multi-agency audits": ("multi-agency audit",),
        "peer reviews and diagnostics": ("peer review", "LGA diagnostic"),
        "inspections": ("Ofsted",),
    }
)


@declares(
    Measure(
        ANSWERED,
        title="Multi-agency prompts answered yes, rounded",
        family=family.SHARED_PARTNERSHIP,
        counts="headline audits of the last three cycles together in which a prompt on multi-agency working was "
        "answered yes, of those in which it was answered yes, partly or no, rounded to whole 5%",
        by=PROMPT,
        limits="the auditor's own answer; no share of under twenty; no interval",
        unit="share",
    ),
    Measure(
        INVITED,
        title="Partners invited, rounded",
        family=family.SHARED_PARTNERSHIP,
        counts="conferences and reviews of the last three months to which each agency was invited, of those of which "
        "that is recorded, rounded to whole 5%",
        by=partners.AGENCY,
        limits="whether an agency should have been invited is not known; one with under twenty records has no figure",
        unit="share",
    ),
    Measure(
        OPEN,
        title="Recommendations open, rounded",
        family=family.SHARED_PARTNERSHIP,
        counts="recommendations of each kind of review that are not closed by the as-at date, those on multi-agency "
        "working and of the last year apart from others, rounded to the nearest five",
        by=f"{KIND}+{SUBJECT}+{AGE}",
        limits="one to seven are not given; rapid reviews and practice reviews are one kind, because one of either may "
        "be of one child",
        unit="recommendations",
    ),
)
def partnership(tables: Tables) -> list[Figure]:
    """What the partnership may read of multi-agency working. One figure per question and group, none of a team."""
    months = lately(tables)
    return [
        *(_answers(tables, months) if ANSWERS in tables.frames else ()),
        *(_invited(tables, months) if {conferences.DATASET, partners.DATASET} <= set(tables.frames) else ()),
        *(_open(tables, months) if REVIEWS in tables.frames else ()),
    ]


def _answers(tables: Tables, months: Months) -> Iterator[Figure]:
    held = applicable(answered(tables, months))
    for code in (code for code in tables.rules.prompts if tables.rules.area_of(code) == AREA):
        own = held[held[PROMPT] == code]
        is_yes = int(own["answer"].eq(YES).sum())
        yield share_told(tables, ANSWERED, is_yes, len(own), period_of(months), by=PROMPT, group=code)


def _invited(tables: Tables, months: Months) -> Iterator[Figure]:
    """Of each agency of which enough is recorded, in alphabetical order; a rare one would be known by its case."""
    held = partners.invitations(tables, months)
    known = held[held[partners.INVITED].notna()]
    for agency, own in known.groupby(partners.AGENCY):
        asked = int(own[partners.INVITED].astype(bool).sum())
        told = share_told(tables, INVITED, asked, len(own), period_of(months), by=partners.AGENCY, group=str(agency))
        if told.verdict != TOO_FEW:
            yield told


def _open(tables: Tables, months: Months) -> Iterator[Figure]:
    held = waiting(tables)
    is_old = held["dated_on"] < tables.as_at - DateOffset(years=1)
    is_ours = held["theme_code"].fillna("").map(lambda code: tables.rules.area_of_subject(code) == AREA).astype(bool)
    for kind, sources in KINDS.items():
        own = held["source"].isin(sources)
        for subject, about in ((TOGETHER, is_ours), (OTHER, ~is_ours)):
            for age, some in ((A_YEAR, ~is_old), (LONGER, is_old)):
                yield _told_open(tables, held[own & about & some], months, (kind, subject, age))


def _told_open(tables: Tables, some: DataFrame, months: Months, group: tuple[str, ...]) -> Figure:
    by = (KIND, SUBJECT, AGE)
    return count_told(tables, OPEN, len(some), period_of(months), unit="recommendations", by=by, group=group)
