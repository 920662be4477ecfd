import json
from collections.abc import Mapping
from dataclasses import replace
from math import nan
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from small import month, tables

from qa_analysis.measures.figure import COLUMNS, Figure, frame_of
from qa_analysis.month.figures import Written
from qa_analysis.month.files import write_month
from qa_analysis.month.month import Month
from qa_analysis.month.restatements import restated
from qa_analysis.publishing.before.earlier import published_figures

USUAL = Figure(
    measure="good_or_better", period="2023-06", population="headline", numerator=8, denominator=16, value=0.5,
    lower=0.28, upper=0.72, unit="share",
)  # fmt: skip


@pytest.fixture(scope="module")
def held() -> Month:
    return month(tables(audits=[{}]))


def told(held: Month, *figures: Figure) -> Month:
    """A month that says these figures and nothing more."""
    return replace(held, held=Written(frame_of(figures, as_at=pd.Timestamp(held.as_at))))


def publish(outputs: Path, name: str, held: Month, **manifest: Any) -> None:
    write_month(held, outputs / name / "tables")
    (outputs / name / "manifest.json").write_text(json.dumps(manifest))


def changes(held: Month, then: Figure | None, now: Figure | None) -> pd.DataFrame:
    """What a month says of its own publication of one figure."""
    published = frame_of([then] if then else [], as_at=pd.Timestamp(held.as_at)).reindex(columns=list(COLUMNS))
    return restated(told(held, *([now] if now else [])), {"2023-06": published})


def audited(held: Month, number: int) -> Month:
    figure = Figure(measure="audits_completed", period="2023-06", population="every route", value=number, unit="audits")
    return told(held, figure)


def test_nothing_published_before_means_nothing_restated(tmp_path: Path, held: Month) -> None:
    assert restated(held, published_figures(tmp_path, "2023-06")).empty


def test_the_same_data_restate_nothing(tmp_path: Path, held: Month) -> None:
    publish(tmp_path, "2023-06", held)
    assert restated(held, published_figures(tmp_path, "2023-06")).empty


@pytest.mark.parametrize(
    ("now", "kind"),
    [
        ({"numerator": 9, "value": 9 / 16}, "value"),
        ({"numerator": 7, "denominator": 14}, "sample"),
        ({"upper": 0.7}, "limits"),
        ({"verdict": "too few to say"}, "verdict"),
        ({"note": "other auditors"}, "verdict"),
        ({"value": nan}, "vanished"),
        ({"value": 0.5 + 1e-12}, None),
    ],
)
def test_an_answer_that_differs_is_told_with_the_way_it_does(
    held: Month, now: Mapping[str, Any], kind: str | None
) -> None:
    assert list(changes(held, USUAL, USUAL.but(**now))["kind"]) == ([kind] if kind else [])


def test_a_number_that_was_not_there_before_appeared(held: Month) -> None:
    assert list(changes(held, USUAL.but(value=nan), USUAL)["kind"]) == ["appeared"]
    assert list(changes(held, None, USUAL)["kind"]) == ["appeared"]


def test_a_figure_that_the_same_month_makes_no_longer_vanished(held: Month) -> None:
    assert list(changes(held, USUAL, None)["kind"]) == ["vanished"]


def test_a_figure_of_an_earlier_month_that_this_one_does_not_make_is_not_compared(held: Month) -> None:
    published = frame_of([USUAL.but(period="2023-05")], as_at=pd.Timestamp(held.as_at))
    assert restated(told(held), {"2023-05": published}).empty


def test_words_that_changed_are_quoted_as_they_were_and_as_they_are(held: Month) -> None:
    row = changes(held, USUAL.judged("improving"), USUAL.judged("no clear evidence of change")).iloc[0]
    assert (row["said_then"], row["said_now"]) == ("improving", "no clear evidence of change")


def test_an_audit_that_came_late_is_told_with_both_numbers(tmp_path: Path, held: Month) -> None:
    publish(tmp_path, "2023-06", audited(held, 1))
    row = restated(audited(held, 2), published_figures(tmp_path, "2023-06")).iloc[0]
    assert (row["published_in"], row["then"], row["now"]) == ("2023-06", 1, 2)


def test_a_publication_that_still_names_reports_is_compared_as_well(tmp_path: Path, held: Month) -> None:
    publish(tmp_path, "2023-06", audited(held, 1))
    file = tmp_path / "2023-06" / "tables" / "measures.csv"
    table = pd.read_csv(file, dtype=str, keep_default_na=False).drop(columns=["verdict", "reasons"])
    table.assign(report="smt-report").to_csv(file, index=False)
    found = restated(audited(held, 2), published_figures(tmp_path, "2023-06"))
    assert list(found["measure"]) == ["audits_completed"]


def test_the_last_and_the_first_publication_are_both_held_against_today(tmp_path: Path, held: Month) -> None:
    publish(tmp_path, "2023-06", audited(held, 1), published="2023-07-12")
    publish(tmp_path, "2023-06-r2", audited(held, 2), published="2023-07-13")
    publish(tmp_path, "2023-06-r3", audited(held, 3), published="2023-07-14")
    found = restated(audited(held, 4), published_figures(tmp_path, "2023-06"))
    assert found[["published_in", "against", "then", "now"]].to_numpy().tolist() == [
        ["2023-06-r3", "last", 3, 4], ["2023-06", "first", 1, 4],
    ]  # fmt: skip


def test_a_drift_that_the_last_publication_hides_is_seen_against_the_first(tmp_path: Path, held: Month) -> None:
    publish(tmp_path, "2023-06", audited(held, 1))
    publish(tmp_path, "2023-06-r2", audited(held, 2))
    found = restated(audited(held, 2), published_figures(tmp_path, "2023-06"))
    assert found[["published_in", "against"]].to_numpy().tolist() == [["2023-06", "first"]]


def test_where_the_first_publication_said_what_the_last_did_it_is_told_once(tmp_path: Path, held: Month) -> None:
    publish(tmp_path, "2023-06", audited(held, 1))
    publish(tmp_path, "2023-06-r2", audited(held, 1))
    found = restated(audited(held, 2), published_figures(tmp_path, "2023-06"))
    assert found[["published_in", "against"]].to_numpy().tolist() == [["2023-06-r2", "last"]]


def test_vintages_come_in_the_order_in_which_they_were_published(tmp_path: Path, held: Month) -> None:
    publish(tmp_path, "2023-05", audited(held, 2), published="2023-08-01")
    publish(tmp_path, "2023-06", audited(held, 1), published="2023-07-01")
    publish(tmp_path, "2023-07", audited(held, 1), published="2023-06-01")
    assert list(published_figures(tmp_path, "2023-06")) == ["2023-06", "2023-05"]


def test_a_folder_without_a_manifest_was_never_published(tmp_path: Path, held: Month) -> None:
    publish(tmp_path, "2023-06", audited(held, 1))
    (tmp_path / "2023-06" / "manifest.json").unlink()
    assert restated(audited(held, 2), published_figures(tmp_path, "2023-06")).empty
