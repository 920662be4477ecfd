"""What each source holds of the six key areas over twelve cycles: which records speak of an area, and on which side.

A record is an audit, a decision, an observation or whatever the source counts. Its side is development, strength, or
blank where it speaks of the area without leaning either way.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeAlias

import numpy as np
import pandas as pd
from pandas import DataFrame, Series
from pandas.api.types import is_numeric_dtype, union_categoricals

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_of
from qa_analysis.measures.audits.linked import (
    Flags,
    coded_by_audit,
    hang_on,
    is_among,
    numbered,
    numbers_in,
    numbers_of,
)
from qa_analysis.measures.audits.volumes import is_of_headline
from qa_analysis.measures.complaints.clocks import WITHDRAWN, complaints
from qa_analysis.measures.moderation.agreement import of_route, pairs
from qa_analysis.measures.observations.held import made_in
from qa_analysis.measures.observations.observed_themes import coded_sides
from qa_analysis.measures.performance.direction import of_the_whole
from qa_analysis.measures.performance.figures import Charted
from qa_analysis.measures.performance.own import SUPERVISED
from qa_analysis.measures.prompts.answers import PROMPT, YES, answered, applicable
from qa_analysis.measures.reviews.recommendations import DATASET as REVIEWS
from qa_analysis.measures.reviews.recommendations import still_open
from qa_analysis.measures.themes.in_audits import POLARITIES
from qa_analysis.measures.voices.by_subject import heard_of_year

STRENGTH, DEVELOPMENT = POLARITIES
NEITHER: Final = ""
COLUMNS: Final = ["case", "area", "code", "side", "month"]
OF_VIEWS: Final[Mapping[str, str]] = {"positive": STRENGTH, "negative": DEVELOPMENT}
OF_SIGNAL: Final[Mapping[str, str]] = {"improvement": STRENGTH, "concern": DEVELOPMENT}
OF_TARGET: Final[Mapping[str, str]] = {"consistent_pass": STRENGTH, "consistent_fail": DEVELOPMENT}
OVERSIGHT: Final = "supervision_oversight"  # the key area that supervision in time is about
Mentions = Callable[[Tables], DataFrame]
Texts: TypeAlias = "Series | pd.Categorical[str] | str"


def graded(tables: Tables) -> DataFrame:
    """The grades of the key areas in headline audits. One row per audit and area graded."""
    is_asked, numbers = is_of_headline(tables, months=tables.rolling_cycles), numbers_of(tables, "audits")
    good = tables.rules.good_grades
    return _together(
        _mentions(
            Series(numbers[some]),
            coded_by_audit(tables, "cycle_month", numbers[some]),
            area=area,
            side=_side_of(is_among(tables.audits, column, good)[some]),
        )
        for area, column in tables.rules.grade_columns.items()
        for some in [is_asked & is_among(tables.audits, column, tables.rules.grades)]
    )


def found(tables: Tables) -> DataFrame:
    """The findings of headline audits, those without a code by the area written beside them. One row per finding."""
    is_asked = hang_on(tables, "findings", is_of_headline(tables, months=tables.rolling_cycles))
    is_asked &= is_among(tables.findings, "polarity", POLARITIES)
    held = tables.findings[["polarity", "theme_code", "key_area"]][is_asked]
    numbers = numbers_of(tables, "findings")[is_asked]
    area = _area(held["theme_code"], tables).fillna(held["key_area"])
    return _mentions(
        Series(numbers, index=held.index), coded_by_audit(tables, "cycle_month", numbers), area=area,
        side=held["polarity"], code=held["theme_code"],
    )  # fmt: skip


def answers(tables: Tables) -> DataFrame:
    """The answers to the prompts in headline audits. One row per audit and prompt answered yes, partly or no."""
    held = applicable(answered(tables, tables.rolling_cycles))
    side, area = _side_of(held["answer"].eq(YES).to_numpy(dtype=bool)), _area(held[PROMPT], tables)
    return _mentions(held["audit_id"], held["cycle_month"], area=area, side=side, code=held[PROMPT])


def moderated(tables: Tables) -> DataFrame:
    """The panel's own grades of the random third. One row per decision and area that auditor and panel graded."""
    held = {area: of_route(pairs(tables, tables.rolling_cycles, column), tables, random_only=True)
            for area, column in tables.rules.grade_columns.items()}  # fmt: skip
    good = tables.rules.good_grades
    return _together(
        _mentions(
            Series(numbers),
            coded_by_audit(tables, "cycle_month", numbers),
            area=area,
            side=_side_of(some["panel"].isin(good).to_numpy()),
        )
        for area, some in held.items()
        for numbers in [numbers_in(tables, some["audit_id"])]
    )


def observed(tables: Tables) -> DataFrame:
    """The themes seen in observations of practice. One row per observation, theme and side, one without a theme too."""
    made = made_in(tables, tables.rolling_cycles)
    seen = made[["observation_id", "observed_on"]].merge(
        coded_sides(made), how="left", on="observation_id", validate="one_to_many"
    )
    side, month = seen["polarity"].where(seen["polarity"].isin(POLARITIES), NEITHER), months_of(seen["observed_on"])
    return _mentions(
        seen["observation_id"], month, area=_area(seen["theme_code"], tables), side=side, code=seen["theme_code"]
    )


def alerted(tables: Tables) -> DataFrame:
    """The practice alerts. One row per alert."""
    return _coded(tables, tables.frames["practice_alerts"], "alert_id", "raised_on", DEVELOPMENT)


def complained(tables: Tables) -> DataFrame:
    """The complaints, each once however many stages it has, none that was withdrawn. One row per complaint."""
    held = complaints(tables).sort_values("received_on", kind="stable")
    held = held[~held["outcome"].eq(WITHDRAWN)]
    whole = held.groupby("whole", as_index=False)[["received_on", "theme_code"]].first()
    return _coded(tables, whole, "whole", "received_on", DEVELOPMENT)


def thanked(tables: Tables) -> DataFrame:
    """The compliments. One row per compliment."""
    held = tables.frames["complaints_compliments"]
    return _coded(tables, held[held["kind"].eq("compliment")], "record_id", "received_on", STRENGTH)


def heard(tables: Tables) -> DataFrame:
    """What families spoke of, by the view they took of the service. One row per contact and subject."""
    held = heard_of_year(tables)
    if held is None:
        return _none()
    return _mentions(
        held["feedback_id"], months_of(held["contacted_on"]), area=held["area"], code=held["subject"],
        side=held["views"].map(OF_VIEWS).fillna(NEITHER),
    )  # fmt: skip


def recommended(tables: Tables) -> DataFrame:
    """What reviews from outside recommended in the year, and what is still open. One row per recommendation.

    An open one asks for something that is not done yet; one that is closed leans neither way.
    """
    held = tables.frames[REVIEWS]
    open_ones = held.index.isin(still_open(held).index)
    some = held[open_ones | months_of(held["dated_on"]).isin(tables.rolling_cycles)]
    side = Series(NEITHER, index=some.index).mask(some.index.isin(still_open(some).index), DEVELOPMENT)
    return _mentions(
        some["recommendation_id"], months_of(some["dated_on"]), area=_area(some["theme_code"], tables), side=side,
        code=some["theme_code"],
    )  # fmt: skip


def measured(tables: Tables) -> DataFrame:
    """The indicators that the council says belong to an area, and supervision in time. One row per indicator.

    One leans as its target says: always met, or always missed; without a target as its signal says.
    """
    own = {**tables.rules.own.indicator_areas, SUPERVISED: OVERSIGHT}
    rows = [
        (one.line.code, own[one.line.code], _leaning(one), min(one.line.readings, default=tables.month))
        for one in of_the_whole(tables)
        if one.line.code in own
    ]
    cases, areas, sides, months = (Series([row[place] for row in rows], dtype="str") for place in range(4))
    return _mentions(cases, months, area=areas, side=sides)


def _leaning(one: Charted) -> str:
    travel = one.travel
    if travel is None:
        return NEITHER
    return OF_TARGET.get(travel.assurance, NEITHER) if travel.assurance else OF_SIGNAL.get(travel.variation, NEITHER)


def _coded(tables: Tables, frame: DataFrame, key: str, day: str, side: str) -> DataFrame:
    """The records of the year with what each is about. One row per record."""
    some = frame[months_of(frame[day]).isin(tables.rolling_cycles)]
    return _mentions(
        some[key], months_of(some[day]), area=_area(some["theme_code"], tables), side=side, code=some["theme_code"]
    )


def _area(codes: Series, tables: Tables) -> "Series[str]":
    """The key area of each prompt or audit theme; blank where it has none."""
    known = {code: tables.rules.area_of_subject(code) for code in codes.dropna().unique()}
    return codes.map(known).astype("str")


def _side_of(is_good: Flags) -> "pd.Categorical[str]":
    """A strength where that is so, and otherwise for development."""
    return pd.Categorical.from_codes(is_good.astype(np.int8), categories=pd.Index([DEVELOPMENT, STRENGTH]))


def _mentions(
    case: Series, month: Texts, *, area: Texts, side: Texts, code: "Texts | None" = None
) -> DataFrame:  # fmt: skip
    """The mentions of a source; its records by numbers, as nobody is told which they are. One row per mention."""
    numbers = case.where(case >= 0) if is_numeric_dtype(case) else numbered(case)
    held = {"area": area, "code": None if code is None else code, "side": side, "month": month}
    words = {name: _few_words(values, case.index) for name, values in held.items()}
    return DataFrame({**words, "case": numbers}, index=case.index)[COLUMNS]


def _few_words(values: "Texts | None", index: pd.Index) -> "pd.Categorical[str]":
    """Texts of which few differ, by number: a source may have millions of mentions, each looked at several times."""
    if isinstance(values, pd.Categorical):
        return values
    if isinstance(values, Series):
        codes, known = pd.factorize(values)
        return pd.Categorical.from_codes(codes, categories=pd.Index(known, dtype="str"))
    one = [] if values is None else [values]
    return pd.Categorical.from_codes(np.full(len(index), len(one) - 1), categories=pd.Index(one, dtype="str"))


def _together(parts: Iterator[DataFrame]) -> DataFrame:
    held = [*parts]
    words = {name: union_categoricals([part[name] for part in held]) for name in COLUMNS if name != "case"}
    return DataFrame({**words, "case": np.concatenate([part["case"] for part in held])})[COLUMNS]


def _none() -> DataFrame:
    return DataFrame({name: Series(dtype="float64" if name == "case" else "str") for name in COLUMNS})
