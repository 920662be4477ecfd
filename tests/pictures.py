"""What a picture shows, read back: its words, its marks, and small months and figures to draw."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Picture
from matplotlib.text import Text
from pandas import DataFrame
from small import month, tables

from qa_analysis.dates import months_after
from qa_analysis.measures.figure import COLUMNS
from qa_analysis.month.month import Month

ODD = "a\x00b\u202ec\u200fd\u2028e\ufefff\tg"  # printed, it is "abcdefg"


@contextmanager
def undrawn() -> Iterator[None]:
    """Pictures come out blank, for who reads only what is said beside them: to draw is most of what a page takes."""
    with patch.object(FigureCanvasAgg, "draw", FigureCanvasAgg.get_renderer):  # which is blank
        yield


def graded(*good: int, each: int = 20, last: str = "2023-06") -> Month:
    """So many good audits of each cycle's twenty, up to the last cycle."""
    audits = []
    for back, size in enumerate(reversed(good)):
        cycle = months_after(last, -back)
        for place in range(each):
            grade = "good" if place < size else "requires improvement"
            audits.append({"overall_grade": grade, "cycle_month": cycle, "audited_on": f"{cycle}-15"})
    return month(tables(last, audits=audits))


def shares(*rows: tuple[str, float], **labels: Any) -> DataFrame:
    """Shares of ten cases by team, a tenth of an interval on either side. One row per group and value."""
    values = {"measure": "seen_alone", "unit": "share", "by": "team", "denominator": 10, **labels}
    found = _figures(rows, values)
    return found.assign(lower=(found["value"] - 0.1).clip(0), upper=(found["value"] + 0.1).clip(upper=1))


def counts(*rows: tuple[str, float], **labels: Any) -> DataFrame:
    """Counts of visits by team. One row per group and value."""
    return _figures(rows, {"measure": "visits_made", "unit": "visits", "by": "team", **labels})


def _figures(rows: tuple[tuple[str, float], ...], labels: dict[str, Any]) -> DataFrame:
    usual = {"period": "2023-06", "population": "everyone", "note": ""}
    return pd.DataFrame(
        [{**usual, **labels, "group": group, "value": value} for group, value in rows], columns=list(COLUMNS)
    ).astype({name: float for name in ("denominator", "value", "lower", "upper")})


def over_cycles(*frames: DataFrame, first: str = "2023-04") -> DataFrame:
    """The figures of one cycle after the other. One row per figure."""
    return pd.concat([frame.assign(period=months_after(first, place)) for place, frame in enumerate(frames)])


def names(labels: list[Text]) -> list[str]:
    """The words of an axis, from its beginning to its end."""
    return [label.get_text() for label in labels]


def written(picture: Picture) -> set[str]:
    """Every text of a picture, with those a drawing adds; whatever a font cannot draw is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        picture.canvas.draw()
    said = {text.get_text() for text in picture.findobj(Text) if isinstance(text, Text)}
    plt.close(picture)
    return said


def assert_printable(said: set[str]) -> None:
    """The odd name is there, without the letters that no page shows."""
    assert any("abcdefg" in text for text in said)
    assert all(letter.isprintable() or letter == "\n" for text in said for letter in text)
