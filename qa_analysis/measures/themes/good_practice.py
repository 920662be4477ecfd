"""The good-practice register: strengths that somebody approved for sharing, and what still stands in the way."""

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.audits.linked import is_of_cycles
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, labelled
from qa_analysis.measures.populations import EVERY_ROUTE

DATASET = "approved_quotations"
APPROVED, TO_SHARE = "good_practice_approved", "good_practice_to_share"
FLAGS = {"has_consent": "consent not recorded", "is_anonymous": "anonymity not checked"}


@declares(
    Measure(
        APPROVED,
        title="Strengths approved for sharing",
        family=family.FINDINGS,
        counts="strengths of the audits of twelve cycles, every route, that somebody approved for quoting by the as-at "
        "date",
        by="theme_code",
        limits="only where approvals were supplied; those without a code are not recorded by theme",
        unit="findings",
    ),
    Measure(
        TO_SHARE,
        title="Strengths ready to be shared",
        family=family.FINDINGS,
        counts="those of these strengths for which consent is recorded and anonymity was checked",
        by="theme_code",
        limits="as for strengths approved for sharing; one of which neither is recorded is not ready",
        unit="findings",
    ),
    needs=("findings",),
)
def good_practice(tables: Tables) -> list[Figure]:
    """Strengths approved for sharing and those ready, in all and by prompt. Two figures per prompt that has any."""
    held = register(tables)
    if held is None:
        return []
    labels = {"period": period_of(tables.rolling_cycles), "population": EVERY_ROUTE, "unit": "findings"}
    codes = labelled(held["theme_code"])
    rows = [
        count(APPROVED, len(held), **labels),
        count(TO_SHARE, int(held["is_ready"].sum()), **labels),
    ]
    for code in sorted(codes.unique()):
        some = held[codes == code]
        rows += [
            count(APPROVED, len(some), by="theme_code", group=str(code), **labels),
            count(TO_SHARE, int(some["is_ready"].sum()), by="theme_code", group=str(code), **labels),
        ]
    return rows


def register(tables: Tables) -> DataFrame | None:
    """The year's strengths approved for sharing, the newest first, with what stands in the way of each.

    One row per strength: the finding, its approval, its audit's cycle, service and team, `is_ready` and `lacking`.
    None where approvals were not supplied.
    """
    approved = tables.optional(DATASET)
    if approved is None:
        return None
    audits = tables.audits[["audit_id", "cycle_month", "service_area", "team"]]
    known = approved[approved["approved_on"].notna() & approved["approved_by_role"].notna()]
    named = tables.findings[tables.findings["finding_id"].isin(known["finding_id"])]
    strengths = named[named["polarity"] == "strength"]
    is_asked = is_of_cycles(tables, tables.rolling_cycles) & audits["audit_id"].isin(strengths["audit_id"]).to_numpy()
    held = strengths.merge(known, on="finding_id", validate="one_to_many").drop_duplicates("finding_id")
    held = held.merge(audits[is_asked], on="audit_id", validate="many_to_one")
    said = {name: held[name].eq(True).fillna(value=False).astype(bool) for name in FLAGS if name in held}
    lacking = [
        "; ".join(words for name, words in FLAGS.items() if not (name in said and said[name].iloc[place]))
        for place in range(len(held))
    ]
    held = held.assign(lacking=lacking, is_ready=[not words for words in lacking])
    return held.sort_values(["cycle_month", "finding_id"], ascending=[False, True], ignore_index=True)
