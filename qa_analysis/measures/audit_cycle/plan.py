"""Why audit themes were chosen, what is planned for the coming months, and what speaks for other themes."""

from collections.abc import Iterator
from typing import Final

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import month_name, months_after, months_between, months_of, months_up_to, period_of
from qa_analysis.measures import family
from qa_analysis.measures.audits.linked import is_headline
from qa_analysis.measures.closing_the_loop.ledger import Loop, loops
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, counts_by, share
from qa_analysis.measures.populations import AUDIT_PLAN, EVIDENCE, HEADLINE

AHEAD: Final = 6  # coming months that a plan is shown for: as many as lie between an audit and its revisit
EVIDENCE_MONTHS: Final = 3  # calendar months, the cycle's the last of them, whose alerts and complaints are shown
OVERDUE, COMING = "overdue", "due"
PUT_IN = "put in by itself"


@declares(
    Measure(
        "plan_reasons",
        title="Why audit themes were chosen",
        family=family.AUDIT_CYCLE,
        counts="themes of the audit plan in the last twelve cycles, a theme of two cycles counted twice, by why they "
        "were chosen",
        by="factor",
        limits="only where the plan was supplied; one reason for each, though several may have counted",
        unit="themes",
    ),
    Measure(
        "planned_at_short_notice",
        title="Planned audits called at short notice",
        family=family.AUDIT_CYCLE,
        counts="audits on themes that were called at short notice, of those that the plan of the last twelve cycles "
        "asked for and says of whether they were planned ahead",
        limits="only where the plan says so; audits planned, not audits done",
        unit="share",
    ),
    Measure(
        "plan_ahead",
        title="Audits planned for a coming cycle",
        family=family.AUDIT_CYCLE,
        counts="audits that the plan asks for on a theme in one of the six cycles after this one; the note says why it "
        "was chosen",
        by="theme_code",
        limits="only where the plan goes that far",
        unit="audits",
    ),
    Measure(
        "plan_revisit",
        title="Revisits due in the coming cycles, and overdue",
        family=family.AUDIT_CYCLE,
        counts="headline audits of an audit theme in the cycle in which it was raised that has not been audited again "
        "and whose six months end within the next six cycles, or have ended; the note says since when, and whether the "
        "plan has it",
        by="theme_code",
        limits="a theme first audited before the last twelve cycles goes by its first cycle among them",
        unit="audits",
    ),
)
def plan(tables: Tables) -> list[Figure]:
    """Why themes were chosen over the year, and what the coming cycles hold. One figure per theme and question."""
    held = tables.optional("audit_plan")
    reasons = [] if held is None else [*_reasons(tables, held), *_ahead(tables, held)]
    return [*reasons, *_revisits(tables, held)]


def coming(tables: Tables) -> tuple[str, ...]:
    """The cycles after this one that a plan is shown for."""
    ahead = months_between(months_after(tables.month, 1), months_after(tables.month, AHEAD))
    return tuple(month for month in ahead if tables.rules.cadence.has_cycle(month))


def _reasons(tables: Tables, held: DataFrame) -> Iterator[Figure]:
    year = held[held["cycle_month"].isin(tables.rolling_cycles)]
    labels = {"period": period_of(tables.rolling_cycles), "population": AUDIT_PLAN}
    if len(year):
        yield from counts_by(year, "factor", "plan_reasons", unit="themes", **labels)
    known = year.dropna(subset=["is_planned", "planned_audits"])
    if known["planned_audits"].sum() > 0:
        short = known.loc[~known["is_planned"].astype(bool), "planned_audits"].sum()
        few = tables.rules.percentage_from
        yield share("planned_at_short_notice", int(short), int(known["planned_audits"].sum()), few=few, **labels)


def _ahead(tables: Tables, held: DataFrame) -> Iterator[Figure]:
    planned = held[held["cycle_month"].isin(coming(tables))].sort_values(["cycle_month", "theme_code"])
    for row in planned.to_dict("records"):
        asked, again = row["planned_audits"], row["revisit_of"]
        said = [str(row["factor"])] if isinstance(row["factor"], str) else []
        said += [f"revisit of {month_name(again)}"] if isinstance(again, str) else []
        yield count(
            "plan_ahead", float("nan") if pd.isna(asked) else float(asked), unit="audits", by="theme_code",
            group=str(row["theme_code"]), period=str(row["cycle_month"]), population=AUDIT_PLAN,
        ).but(note=", ".join(said))  # fmt: skip


def _revisits(tables: Tables, held: DataFrame | None) -> Iterator[Figure]:
    """The themes to be audited again, in the cycle in which their six months end; those that have ended are overdue."""
    last = coming(tables)[-1]
    audits = tables.audits[["cycle_month", "theme_code"]][is_headline(tables)]
    for one in loops(tables):
        due = tables.rules.revisit_due(one.raised)
        if one.again or due > last:
            continue
        then = audits[(audits["theme_code"] == one.theme) & (audits["cycle_month"] == one.raised)]
        word = COMING if due > tables.month else OVERDUE
        said = f"audited in {month_name(one.raised)}, {_in_plan(tables, held, one, due)}"
        yield count(
            "plan_revisit", len(then), unit="audits", by="theme_code", group=one.theme, period=due, population=HEADLINE,
        ).but(verdict=word, note=said)  # fmt: skip


def _in_plan(tables: Tables, held: DataFrame | None, one: Loop, due: str) -> str:
    """The coming cycle, six months on or later, that the plan has the theme for; else that it is put in by itself."""
    if held is not None:
        cycles = [cycle for cycle in coming(tables) if cycle >= due]
        again = held[held["cycle_month"].isin(cycles) & (held["theme_code"] == one.theme)]
        if len(again):
            return f"in the plan for {month_name(str(again['cycle_month'].min()))}"
    return PUT_IN


@declares(
    Measure(
        "evidence_alerts",
        title="Practice alerts on a theme",
        family=family.AUDIT_CYCLE,
        counts="practice alerts raised on a theme in the last three months; the note says how many were formal",
        by="theme_code",
        limits="only where alerts were supplied; those without a theme are not in it; more alerts may mean that more "
        "is noticed",
        unit="alerts",
    ),
    Measure(
        "evidence_complaints",
        title="Complaints on a theme",
        family=family.AUDIT_CYCLE,
        counts="complaints on a theme received in the last three months and neither withdrawn nor found not upheld; "
        "the note says how many were upheld at least in part",
        by="theme_code",
        limits="only where complaints were supplied; those without a theme are not in it",
        unit="complaints",
    ),
    Measure(
        "evidence_reviews",
        title="Open recommendations of external reviews on a theme",
        family=family.AUDIT_CYCLE,
        counts="recommendations of external reviews on a theme that are not closed; the note says of which reviews",
        by="theme_code",
        limits="only where external reviews were supplied; those without a theme are not in it",
        unit="recommendations",
    ),
    Measure(
        "evidence_indicators",
        title="Indicators short of their target",
        family=family.AUDIT_CYCLE,
        counts="the newest figure of each indicator of the whole directorate that has a target and misses it by more "
        "than its tolerance; the note says the target and the month",
        by="indicator",
        limits="only where indicators were supplied with targets; the last three months alone; one month, which chance "
        "alone may move",
        unit="indicator's own unit",
    ),
)
def evidence(tables: Tables) -> list[Figure]:
    """What speaks for a theme: alerts, complaints, external reviews, indicators. One figure per theme and source."""
    since = months_up_to(tables.month, EVIDENCE_MONTHS)
    labels = {"period": period_of(since), "population": EVIDENCE}
    return [
        *_alerts(tables.optional("practice_alerts"), since, labels),
        *_complaints(tables.optional("complaints_compliments"), since, labels),
        *_reviews(tables.optional("external_reviews"), labels),
        *_indicators(tables.optional("indicators"), since, labels),
    ]


def _alerts(alerts: DataFrame | None, since: tuple[str, ...], labels: dict[str, str]) -> Iterator[Figure]:
    for theme, some in _by_theme(_dated(alerts, "raised_on", since)):
        formal = int(some["is_formal"].fillna(False).astype(bool).sum())
        yield _tally("evidence_alerts", theme, len(some), "alerts", labels, f"{formal} formal")


def _complaints(records: DataFrame | None, since: tuple[str, ...], labels: dict[str, str]) -> Iterator[Figure]:
    received = _dated(records, "received_on", since)
    if received is None:
        return
    told = received[(received["kind"] == "complaint") & ~received["outcome"].isin(["withdrawn", "not upheld"])]
    for theme, some in _by_theme(told):
        upheld = int(some["outcome"].isin(["upheld", "partly upheld"]).sum())
        yield _tally("evidence_complaints", theme, len(some), "complaints", labels, f"{upheld} upheld at least in part")


def _reviews(reviews: DataFrame | None, labels: dict[str, str]) -> Iterator[Figure]:
    if reviews is None:
        return
    for theme, some in _by_theme(reviews[(reviews["status"] != "closed") & reviews["closed_on"].isna()]):
        sources = some["source"].value_counts().sort_index()
        said = ", ".join(f"{source} {tally}" for source, tally in sources.items())
        yield _tally("evidence_reviews", theme, len(some), "recommendations", labels, said)


def _indicators(held: DataFrame | None, since: tuple[str, ...], labels: dict[str, str]) -> Iterator[Figure]:
    if held is None:
        return
    whole = held[(held["level"] == "directorate") & held["period"].isin(since)].sort_values("period", kind="stable")
    newest = whole.drop_duplicates("indicator_code", keep="last").dropna(subset=["value", "target"])
    sign = newest["better_is"].map({"higher": 1.0, "lower": -1.0})
    short = newest[sign * (newest["target"] - newest["value"]) > newest["tolerance"].fillna(0)]
    for row in short.sort_values("name").to_dict("records"):
        said = f"target of {row['target']:g} ({month_name(str(row['period']))})"
        yield count(
            "evidence_indicators", float(row["value"]), unit="indicator's own unit", by="indicator",
            group=str(row["name"]), **labels,
        ).but(note=said)  # fmt: skip


def _dated(frame: DataFrame | None, day: str, months: tuple[str, ...]) -> DataFrame | None:
    return None if frame is None else frame[months_of(frame[day]).isin(months)]


def _by_theme(frame: DataFrame | None) -> Iterator[tuple[str, DataFrame]]:
    if frame is not None:
        yield from ((str(theme), some) for theme, some in frame.dropna(subset="theme_code").groupby("theme_code"))


def _tally(measure: str, theme: str, tally: int, unit: str, labels: dict[str, str], note: str) -> Figure:
    return count(measure, tally, unit=unit, by="theme_code", group=theme, **labels).but(note=note)
