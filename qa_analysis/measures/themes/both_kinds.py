"""Whether each audit shares what is good as well as what is to be developed."""

import pandas as pd
from pandas import Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.audits.linked import are_named, is_among, is_of_cycles
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, share
from qa_analysis.measures.populations import EVERY_ROUTE

STRENGTHS_ONLY, DEVELOPMENTS_ONLY, BOTH, NONE = "strengths only", "developments only", "both", "no findings"
SIDES = (BOTH, STRENGTHS_ONLY, DEVELOPMENTS_ONLY, NONE)


@declares(
    Measure(
        "findings_balance",
        title="Audits with strengths, areas for development or both",
        family=family.FINDINGS,
        counts="audits with both strengths and areas for development, with one kind alone, or with no finding, "
        "of all audits of every route, for the month and for twelve cycles",
        by="findings",
        unit="share",
    ),
    needs=("findings",),
)
def balance(tables: Tables) -> list[Figure]:
    """Audits with strengths and areas for development, with one kind alone, or with none. One figure per kind."""
    return [
        share(
            "findings_balance", int((sides == side).sum()), len(sides), by="findings", group=side,
            period=period_of(months), population=EVERY_ROUTE, few=tables.rules.percentage_from,
        )
        for months in ((tables.month,), tables.rolling_cycles)
        for sides in [shared(tables, months)]
        for side in SIDES
    ]  # fmt: skip


def shared(tables: Tables, months: tuple[str, ...]) -> Series:
    """What each audit of some cycles shares. One value per audit, by its reference."""
    is_asked = is_of_cycles(tables, months)
    audits = tables.audits["audit_id"][is_asked]
    has = {
        polarity: are_named(tables, "findings", is_among(tables.findings, "polarity", (polarity,)))[is_asked]
        for polarity in ("strength", "development")
    }
    sides = pd.Series(NONE, index=audits.index, dtype="str")
    sides = sides.mask(has["strength"], STRENGTHS_ONLY).mask(has["development"], DEVELOPMENTS_ONLY)
    return sides.mask(has["strength"] & has["development"], BOTH).set_axis(audits)
