"""Who holds which post on a day: the one rule of it, for every measure and list that asks."""

import pandas as pd
from pandas import DataFrame, Series


def are_held(posts: DataFrame, day: "pd.Timestamp | Series[pd.Timestamp]") -> "Series[bool]":
    """Whether each post is held on a day, one for all or each its own: begun by then, and not ended before it."""
    return (posts["started_on"] <= day) & ~(posts["ended_on"] < day)


def in_post(staff: DataFrame, day: pd.Timestamp) -> DataFrame:
    """The posts held on a day, the newest last. One row per post."""
    return staff[are_held(staff, day)].sort_values("started_on", kind="stable")
