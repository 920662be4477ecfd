"""Which families spoke with the auditor and which did not, what stood in the way, and how their audits were graded."""

from collections.abc import Iterator

from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.audits.linked import is_of_cycles
from qa_analysis.measures.audits.volumes import headline_audits
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, counts_by, estimated, labelled, share, shares_by
from qa_analysis.measures.grades.grades import graded
from qa_analysis.measures.populations import EVERY_ROUTE, HEADLINE
from qa_analysis.stats.proportions import newcombe

NAMED_FROM = 5  # barriers, supports and methods are open lists: one written fewer times could be a family's own story
OTHER = "other, each under five"
ENGAGED, NOT_ENGAGED = "engaged", "not engaged"
NOBODY_ASKED = "not appropriate"


@declares(
    Measure(
        "family_contact_engaged",
        title="Family contacts that engaged",
        family=family.VOICES,
        counts="dated contacts of twelve cycles, every route, in which the family member engaged with the "
        "auditor, of all but the not appropriate",
        by="method, respondent, support_used, barrier",
        limits="a method, support or barrier written under five times is counted under other; by barrier from "
        "ten contacts on; by support only where some was used; only where family feedback was supplied",
        unit="share",
    ),
    Measure(
        "family_barriers",
        title="Barriers to family contact",
        family=family.VOICES,
        counts="dated contacts of twelve cycles, every route, with a recorded barrier, by barrier, the not "
        "appropriate left out",
        by="barrier",
        limits="one written under five times is counted under other; only where family feedback was supplied",
        unit="contacts",
    ),
    Measure(
        "family_declined",
        title="Family contacts declined",
        family=family.VOICES,
        counts="dated contacts of twelve cycles, every route, that the family member declined, by the barrier recorded",
        by="barrier",
        limits="one written under five times is counted under other; only where family feedback was supplied",
        unit="contacts",
    ),
    Measure(
        "family_grade_difference",
        title="Good or better where a family engaged, less where none did",
        family=family.VOICES,
        counts="the share of graded headline audits of twelve cycles that were graded outstanding or good where "
        "a family member engaged, less the share where none did",
        limits="no effect of engagement: families harder to reach may have other audits; only where family "
        "feedback was supplied",
        unit="difference of shares",
    ),
    adds_to=("good_or_better",),
)
def families(tables: Tables) -> list[Figure]:
    """Engagement by method and respondent, barriers, and grades where families engaged and where not, over the year."""
    feedback = tables.optional("family_feedback")
    if feedback is None:
        return []
    asked = _asked(tables, feedback)
    return [*engagement(tables, asked), *barriers(tables, asked), *grades_by_engagement(tables, feedback)]


def engagement(tables: Tables, asked: DataFrame) -> list[Figure]:
    """The share of contacts in which the family spoke with the auditor, by how and by whom they were asked."""
    return [
        share(
            "family_contact_engaged", int(some["is_engaged"].sum()), len(some),
            by=by, group=group, few=tables.rules.percentage_from, **_labels(tables),
        )
        for by in ("method", "respondent", "support_used")
        for group, some in _groups(asked, by)
    ]  # fmt: skip


def barriers(tables: Tables, asked: DataFrame) -> list[Figure]:
    """How often what stood in the way; how many engaged all the same, where there are ten; and why some declined."""
    met = asked[asked["barrier"].notna()]
    met = met.assign(barrier=_named(met["barrier"]))
    declined = asked[asked["outcome"] == "declined"]
    reasons = declined.assign(barrier=_named(labelled(declined["barrier"])))
    enough = met[met["barrier"].map(met["barrier"].value_counts()) >= tables.rules.verdict_from]
    few = tables.rules.percentage_from
    return [
        *counts_by(met, "barrier", "family_barriers", unit="contacts", **_labels(tables)),
        *shares_by(enough, "barrier", "is_engaged", "family_contact_engaged", few=few, **_labels(tables)),
        *counts_by(reasons, "barrier", "family_declined", unit="contacts", **_labels(tables)),
    ]


def grades_by_engagement(tables: Tables, feedback: DataFrame) -> list[Figure]:
    """Good or better in headline audits where a family engaged and where none did, and the difference."""
    columns = ("audit_id", "overall_grade")
    audits = headline_audits(tables, months=tables.rolling_cycles, columns=columns)
    audits = graded(audits, "overall_grade", tables.rules)
    engaged = feedback.loc[(feedback["outcome"] == ENGAGED) & feedback["contacted_on"].notna(), "audit_id"]
    flag = audits["audit_id"].isin(engaged)
    sides = {ENGAGED: audits.loc[flag, "is_good"], NOT_ENGAGED: audits.loc[~flag, "is_good"]}
    counts = {name: (int(good.sum()), len(good)) for name, good in sides.items()}
    labels = {"period": period_of(tables.rolling_cycles), "population": HEADLINE}
    few = tables.rules.percentage_from
    gap = newcombe(*counts[ENGAGED], *counts[NOT_ENGAGED])
    return [
        *(
            share("good_or_better", good, audited, by="family", group=name, few=few, **labels)
            for name, (good, audited) in counts.items()
        ),
        estimated("family_grade_difference", gap, unit="difference of shares", **labels).but(
            method=f"{gap.method}; engaged less not engaged"
        ),
    ]


def _asked(tables: Tables, feedback: DataFrame) -> DataFrame:
    """The year's dated contacts, those that were not appropriate left out. One row per contact: is_engaged."""
    year = tables.audits["audit_id"][is_of_cycles(tables, tables.rolling_cycles)]
    dated = feedback[feedback["audit_id"].isin(year) & feedback["contacted_on"].notna()]
    asked = dated[dated["outcome"] != NOBODY_ASKED]
    return asked.assign(is_engaged=asked["outcome"] == ENGAGED)


def _groups(asked: DataFrame, by: str) -> Iterator[tuple[str, DataFrame]]:
    """The contacts of each group, rare groups together; support is asked of those alone who had any."""
    known = asked.dropna(subset=by) if by == "support_used" else asked
    for group, some in known.groupby(_named(labelled(known[by]))):
        yield str(group), some


def _named(values: Series) -> Series:
    """The values, those written under five times as one group. One per value."""
    return values.where(values.map(values.value_counts()) >= NAMED_FROM, OTHER)


def _labels(tables: Tables) -> dict[str, str]:
    return {"period": period_of(tables.rolling_cycles), "population": EVERY_ROUTE}
