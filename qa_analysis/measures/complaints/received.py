"""How many complaints and compliments came, about which service and theme, and what was decided."""

from collections.abc import Iterator
from typing import Final

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.complaints.clocks import DATASET, complaints
from qa_analysis.measures.complaints.periods import within, year_of
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, counts_by, estimated, share
from qa_analysis.measures.populations import COMPLAINTS, COMPLIMENTS
from qa_analysis.stats.counts import ratio_of_counts

UPHELD: Final = ("upheld", "partly upheld")
DECIDED: Final = (*UPHELD, "not upheld")
MORE, FEWER, NO_CHANGE = "more than a year before", "fewer than a year before", "no clear difference"
RISK: Final = 0.05


@declares(
    Measure(
        "complaints_received",
        title="Complaints received",
        family=family.COMPLAINTS,
        counts="complaints received in the year to date, and in the same months a year before, each once however many "
        "stages it went through",
        by="stage, service_area",
        limits="by stage: records of a stage, so that one complaint may be in several; records that name no other "
        "complaint are complaints of their own",
        unit="complaints",
    ),
    Measure(
        "compliments_received",
        title="Compliments received",
        family=family.COMPLAINTS,
        counts="compliments received in the year to date, and in the same months a year before",
        by="service_area",
        unit="compliments",
    ),
    Measure(
        "complaints_change",
        title="Complaints against a year before",
        family=family.COMPLAINTS,
        counts="complaints received in the year to date over those of the same months a year before; the verdict says "
        "whether they differ by more than chance would give at the same rate",
        limits="a rise may mean that people are heard; nothing is known of how many children there were",
        unit="times",
    ),
    Measure(
        "complaint_outcomes",
        title="Complaints by outcome",
        family=family.COMPLAINTS,
        counts="records of a stage received in the year to date, by outcome, those not decided yet too",
        by="stage+outcome",
        limits="what was decided is known with the answer; an outcome without a day of answer is not decided yet",
        unit="complaints",
    ),
    Measure(
        "complaints_upheld",
        title="Complaints upheld",
        family=family.COMPLAINTS,
        counts="complaints upheld at least in part, of those decided and received in the year to date",
        by="stage",
        limits="withdrawn ones are not decided",
        unit="share",
    ),
    needs=(DATASET,),
)
def received(tables: Tables) -> list[Figure]:
    """Complaints and compliments of the year to date by stage, service and outcome. One figure each."""
    year, every = year_of(tables), complaints(tables)
    frame = tables.frames[DATASET]
    thanks = frame[frame["kind"].eq("compliment")]
    first = min(frame["received_on"].min(), every["received_on"].min())
    periods = [months for months in (year.now, year.then) if f"{first:%Y-%m}" <= months[0] or months == year.now]
    return [
        *(figure for months in periods for figure in _counts(every, thanks, months)),
        *_change(every, periods),
        *_decided(within(every, "received_on", year.now), year.period, few=tables.rules.percentage_from),
    ]


def _counts(every: DataFrame, thanks: DataFrame, months: tuple[str, ...]) -> Iterator[Figure]:
    """The complaints and compliments of some months. One figure per stage and service, and of all."""
    period, held = period_of(months), within(every, "received_on", months)
    labels = {"period": period, "population": COMPLAINTS, "unit": "complaints"}
    whole = held.drop_duplicates("whole")
    yield count("complaints_received", len(whole), **labels)
    yield from counts_by(held, "stage", "complaints_received", **labels)
    yield from counts_by(whole, "service_area", "complaints_received", **labels)
    praise = within(thanks, "received_on", months)
    labels = {"period": period, "population": COMPLIMENTS, "unit": "compliments"}
    yield count("compliments_received", len(praise), **labels)
    yield from counts_by(praise, "service_area", "compliments_received", **labels)


def _change(every: DataFrame, periods: list[tuple[str, ...]]) -> Iterator[Figure]:
    """This year's complaints over last year's; nothing where records do not reach back so far."""
    if len(periods) < 2:
        return
    now, then = (within(every, "received_on", months)["whole"].nunique() for months in periods)
    found, labels = ratio_of_counts(now, then), {"period": period_of(periods[0]), "population": COMPLAINTS}
    made = estimated("complaints_change", found, unit="times", **labels).but(numerator=now, denominator=then)
    yield made.judged((MORE if now > then else FEWER) if found.p < RISK else NO_CHANGE)


def _decided(held: DataFrame, period: str, *, few: int) -> Iterator[Figure]:
    """What was decided, stage by stage. One figure per stage and outcome, and a share per stage."""
    labels = {"period": period, "population": COMPLAINTS}
    for stage, rows in held.groupby("stage"):
        outcomes = rows["outcome"].fillna("not decided yet").value_counts().sort_index()
        for outcome, tally in outcomes.items():
            yield count(
                "complaint_outcomes", int(tally), by=("stage", "outcome"), group=(str(stage), str(outcome)),
                unit="complaints", **labels,
            )  # fmt: skip
        decided = rows[rows["outcome"].isin(DECIDED)]
        if len(decided):
            upheld = int(decided["outcome"].isin(UPHELD).sum())
            yield share("complaints_upheld", upheld, len(decided), by="stage", group=str(stage), few=few, **labels)
