"""What is no audit and may be asked about: observations, complaints, alerts and learning, each with month and place.

All four get the same columns: month, service_area, team, subject (a prompt or the theme of an audit) and kind.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_of
from qa_analysis.measures.posts import are_held

DATASETS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "observations": "observations", "complaints": "complaints_compliments", "alerts": "practice_alerts",
        "learning": "learning_events",
    }
)  # fmt: skip
NOT_KNOWN: Final = "not recorded"


def placed(tables: Tables) -> dict[str, DataFrame]:
    """Each of the four that was supplied, by dataset. One row per record, with the child and person it is about."""
    return {
        name: made(tables, tables.frames[name])
        for name, made in _MADE.items()
        if name in tables.frames
    }  # fmt: skip


def _observations(tables: Tables, held: DataFrame) -> DataFrame:
    """Each with the post of whoever was observed. A worker stands where elsewhere a child does: at least three."""
    frame = held.assign(month=_month(held["observed_on"]), subject=held["theme_code"])
    posts = _posts(tables, held["worker_id"], held["observed_on"])
    return frame.join(posts).assign(case=held["observation_id"], child=held["worker_id"], person=held["worker_id"])


def _complaints(_: Tables, held: DataFrame) -> DataFrame:
    """Each complaint stands for itself, whatever stages it went through: the extract says of no child and no worker."""
    whole = held["first_record_id"].fillna(held["record_id"]) if "first_record_id" in held else held["record_id"]
    return held.assign(
        month=_month(held["received_on"]), subject=held["theme_code"], case=whole, child=whole, person=whole
    )  # fmt: skip


def _alerts(tables: Tables, held: DataFrame) -> DataFrame:
    """Each with the service of its team; one without a child or without whoever raised it stands for itself."""
    return held.assign(
        month=_month(held["raised_on"]), subject=held["theme_code"],
        kind=held["is_formal"].map({True: "formal", False: "informal"}).astype("str"),
        service_area=held["team"].map(_services(tables)).astype("str"), case=held["alert_id"],
        child=held["child_id"].fillna(held["alert_id"]), person=held["raised_by_id"].fillna(held["alert_id"]),
    )  # fmt: skip


def _learning(tables: Tables, held: DataFrame) -> DataFrame:
    """Each event and team. It is about no child, and says how many came and not who."""
    case = held["event_id"] + " " + held["team"].fillna("")
    return held.assign(
        month=_month(held["held_on"]), subject=held["theme_code"],
        service_area=held["team"].map(_services(tables)).astype("str"), case=case, child=case, person=case,
    )  # fmt: skip


def _month(days: Series) -> Series:
    month: Series = months_of(days).astype("str")
    return month


def _services(tables: Tables) -> dict[str, str]:
    """The service of each team, as the newest audit has it."""
    audits = tables.audits.dropna(subset=["team", "service_area"]).sort_values("cycle_month", kind="stable")
    return dict(zip(audits["team"], audits["service_area"], strict=True))


def _posts(tables: Tables, workers: Series, days: Series) -> DataFrame:
    """The service and team of each worker's post on a day. One row per worker, blank where it is not known."""
    staff, columns = tables.optional("staff"), ["service_area", "team"]
    if staff is None:
        return DataFrame({name: Series(pd.NA, index=workers.index, dtype="str") for name in columns})
    asked = DataFrame({"worker_id": workers, "day": days, "row": workers.index}).dropna()
    both = asked.merge(staff[["worker_id", "started_on", "ended_on", *columns]], on="worker_id")
    on_the_day = both[are_held(both, both["day"])].sort_values("started_on", kind="stable")
    return on_the_day.drop_duplicates("row", keep="last").set_index("row")[columns].reindex(workers.index)


_MADE: Final[Mapping[str, Callable[[Tables, DataFrame], DataFrame]]] = MappingProxyType(
    {
        "observations": _observations, "complaints_compliments": _complaints, "practice_alerts": _alerts,
        "learning_events": _learning,
    }
)  # fmt: skip
