"""Councils beside each other: what is pooled of each, what is told of all, and what an attacker can make of it."""

import re
from math import sqrt
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from published_figures import MONTH, QUARTER, YEAR, Row, alerts, good, moderated, publish, row, share, upheld

from qa_analysis.errors import NotebookDied
from qa_analysis.framework import rules_for
from qa_analysis.region.compared import written as pages
from qa_analysis.region.compared.comparison import MEASURES, Comparison, compared, subjects
from qa_analysis.region.compared.counts import Part, Published, read_published
from qa_analysis.region.compared.written import Written, write_comparison

SUBJECTS = {subject.name: subject for subject in subjects(rules_for(MONTH))}
NAMES = ("Alder", "Birch", "Cedar", "Dene", "Elm")
GOOD = ((40, 100), (60, 120), (30, 80), (90, 150), (20, 90))


def council(tmp_path: Path, name: str, rows: list[Row], since: str = "") -> Published:
    return read_published(publish(tmp_path, name, rows), name, MONTH, MEASURES, since)


def part(tmp_path: Path, subject: str, rows: list[Row], since: str = "") -> Part | str:
    return SUBJECTS[subject].part(council(tmp_path, "Alder", rows, since))


def told(tmp_path: Path, subject: str, *rows: list[Row]) -> Comparison | None:
    held = [council(tmp_path, name, some) for name, some in zip(NAMES, rows, strict=False)]
    return compared(SUBJECTS[subject], held)


def written(outputs: Path, rows: dict[str, list[Row]], **more: dict[str, str]) -> Written:
    return write_comparison(MONTH, {name: publish(outputs, name, some) for name, some in rows.items()}, outputs, **more)


def markup(page: Path) -> str:
    """The page without the letters that stand for its pictures, any of which may be a name by chance."""
    return re.sub(r"base64,[\w+/=]+", "", page.read_text(encoding="utf-8"))


def words(page: Path) -> str:
    """What the page says, without its pictures."""
    text = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").get_text(" ")
    return " ".join(text.split())


def test_a_share_of_the_shared_edition_is_pooled_as_its_two_rounded_counts(tmp_path: Path) -> None:
    assert part(tmp_path, "good-or-better", [good(40, 100)]) == Part(QUARTER, 40, 100, 40, (2.0, 2.0))


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ([], "not given"),
        ([good(41, 100)], "not given"),  # never rounded: not from the shared edition
        ([good(5, 100)], "not given"),  # below the threshold
        ([good(10, 15)], "not given"),  # of too few
        ([good(100, 100)], "not given"),  # all of them: the shared edition has a word for it
        ([good(40, 100), good(45, 100)], "not given"),  # which of the two?
        ([row("shared_good_or_better", QUARTER, denominator=100, verdict="almost all")], "almost all"),
        ([row("shared_good_or_better", QUARTER, denominator=100, verdict="few")], "few"),
        ([share("shared_good_or_better", 40, 100, "2022-10/2022-12")], "not given"),  # six months ago
        ([share("shared_good_or_better", 40, 100) | {"population": "headline routes"}], "not given"),
        ([share("shared_good_or_better", 40, 100, by="team", group="North")], "not given"),
    ],
)
def test_what_is_not_protected_or_not_of_the_whole_council_is_not_pooled(
    rows: list[Row], word: str, tmp_path: Path
) -> None:
    assert part(tmp_path, "good-or-better", rows) == word


def test_grades_raised_are_never_read_but_are_what_the_rounded_counts_leave(tmp_path: Path) -> None:
    """49 lowered, 119 upheld and 6 raised of 174 are told as 50 and 120 of 175: 50 less 5, of 175."""
    assert part(tmp_path, "lowered-less-raised", moderated(49, 119, 174)) == Part(
        YEAR, 45, 175, 55, (10.0, 2.0), shift=1.0
    )


@pytest.mark.parametrize(
    ("lowered", "same", "every", "word"),
    [
        (7, 60, 70, "too few to say"),  # lowered: below the threshold
        (12, 88, 100, "too few to say"),  # not upheld: 12, of which the rounded counts could be 6
        (60, 9, 70, "too few to say"),
        (8, 9, 17, "too few to say"),
    ],
)
def test_of_moderation_both_counts_and_what_they_leave_reach_the_threshold(
    lowered: int, same: int, every: int, word: str, tmp_path: Path
) -> None:
    found = part(tmp_path, "lowered-less-raised", moderated(lowered, same, every))
    assert isinstance(found, str)
    assert found in (word, "few")


def test_alerts_are_the_sum_of_the_rounded_kinds_to_hundreds_of_children_and_months(tmp_path: Path) -> None:
    """15 and 10 alerts of 195 and 125 children in three months: 25 to 9.6 hundred children and months."""
    found = part(tmp_path, "alerts", alerts(15, 10, 195, 125))
    assert isinstance(found, Part)
    assert (found.x, found.n, *found.rounding) == pytest.approx((25, 9.6, 4.0, 0.0036))
    assert found.x / found.n == pytest.approx(2.604, abs=0.001)


def test_where_a_kind_of_alert_is_not_given_none_is_pooled(tmp_path: Path) -> None:
    assert part(tmp_path, "alerts", alerts(15, float("nan"), 195, 125)) == "too few to say"


def test_no_figure_spans_a_merger(tmp_path: Path) -> None:
    rows = [good(40, 100), upheld(120, 175)]
    assert isinstance(part(tmp_path / "a", "good-or-better", rows, since="2023-04"), Part)
    assert part(tmp_path / "b", "grades-upheld", rows, since="2023-04") == "the council is younger than the period"
    assert part(tmp_path / "c", "good-or-better", rows, since="2023-05") == "the council is younger than the period"


def test_the_funnel_of_councils_is_that_of_the_formulas_written_out(tmp_path: Path) -> None:
    found = told(tmp_path, "good-or-better", *[[good(*one)] for one in GOOD])
    assert found is not None
    x, n = [one[0] for one in GOOD], [one[1] for one in GOOD]
    centre = sum(x) / sum(n)
    s2 = [centre * (1 - centre) / m + 2 * (1 + centre**2) / m**2 for m in n]  # rounding: a variance of 2 for each count
    z = sorted((k / m - centre) / sqrt(one) for k, m, one in zip(x, n, s2, strict=True))
    low, high = z[0] + 0.4 * (z[1] - z[0]), z[3] + 0.6 * (z[4] - z[3])  # 10% and 90% of five, as R has them
    beyond = sum(min(max(one, low), high) ** 2 for one in z) - 4
    w = [1 / one for one in s2]
    tau2 = max(0.0, beyond / (sum(w) - sum(one**2 for one in w) / sum(w)))
    assert tau2 > 0.001
    assert found.between == pytest.approx(tau2)
    assert [(dot.council, dot.cases) for dot in found.dots] == [
        ("Dene", 150), ("Birch", 120), ("Alder", 100), ("Cedar", 80), ("Elm", 90),
    ]  # fmt: skip
    for dot in found.dots:
        half = 3 * sqrt(s2[n.index(round(dot.cases))] + tau2)
        assert (dot.lower, dot.upper, dot.verdict) == (pytest.approx(centre - half), pytest.approx(centre + half), "")
    squares = sum((k - centre * m) ** 2 for k, m in zip(x, n, strict=True))
    half = 2.7764451051977987 * sqrt(5 / 4 * squares) / sum(n)  # Student's t with four degrees of freedom
    assert (found.region.lower, found.region.upper) == pytest.approx((centre - half, centre + half))


def test_three_councils_are_not_compared_and_one_of_another_period_does_not_count(tmp_path: Path) -> None:
    rows = [[good(*one)] for one in GOOD[:3]]
    assert told(tmp_path / "a", "good-or-better", *rows) is None
    other = [share("shared_good_or_better", 40, 100, "2023-03/2023-06")]
    assert told(tmp_path / "b", "good-or-better", *rows, other) is None
    five = told(tmp_path / "c", "good-or-better", *rows, [good(*GOOD[3])], other)
    assert five is not None
    assert five.without == {"of another period": 1}


def test_the_regions_page_names_nobody_and_each_councils_own_names_it_alone(tmp_path: Path) -> None:
    found = written(tmp_path, {name: [good(*one)] for name, one in zip(NAMES, GOOD, strict=True)})
    assert found.page == tmp_path / "region" / "2023-06-compared.html"
    assert [name for name in NAMES if name in markup(found.page)] == []
    assert sorted(found.editions) == sorted(NAMES)
    for name, page in found.editions.items():
        assert page == tmp_path / "region" / MONTH / f"{name}.html"
        assert [other for other in NAMES if other in markup(page)] == [name]
    assert "Birch 50% 120 within the limits" in words(found.editions["Birch"])
    assert "another council 50% 120 within the limits" in words(found.page)


def test_councils_without_a_figure_are_counted_with_why(tmp_path: Path) -> None:
    rows = {name: [good(*one)] for name, one in zip(NAMES, GOOD, strict=True)}
    rows["Fir"] = [row("shared_good_or_better", QUARTER, denominator=100, verdict="almost all")]
    found = written(tmp_path, rows)
    assert found.page is not None
    assert "Six councils are compared on 1 question." in words(found.page)
    assert "No dot: 1 council (almost all)." in words(found.page)
    assert "Fir has too few cases for any of them, or a word instead of a figure." in words(found.editions["Fir"])


def test_pages_of_an_earlier_run_go_where_fewer_than_four_councils_are_left(tmp_path: Path) -> None:
    found = written(tmp_path, {name: [good(*one)] for name, one in zip(NAMES, GOOD, strict=True)})
    four = {name: tmp_path / name / MONTH for name in NAMES[:4]}
    assert sorted(write_comparison(MONTH, four, tmp_path).editions) == sorted(four)
    assert not found.editions["Elm"].exists()
    assert write_comparison(MONTH, dict([*four.items()][:3]), tmp_path) == Written()
    assert sorted((tmp_path / "region").rglob("*.html")) == []


def test_a_council_whose_tables_are_damaged_is_left_out_and_named_to_the_region_alone(tmp_path: Path) -> None:
    rows = {name: [good(*one)] for name, one in zip(NAMES, GOOD, strict=True)}
    folders = {name: publish(tmp_path, name, some) for name, some in rows.items()}
    (folders["Cedar"] / "tables" / "measures.csv").write_bytes(b"\xff\xfe\x00")
    (folders["Elm"] / "tables" / "month.json").unlink()
    folders["Fir"] = publish(tmp_path, "Fir", [good(35, 90)])
    found = write_comparison(MONTH, folders, tmp_path)
    assert found.unread == ("Cedar", "Elm")
    assert sorted(found.editions) == ["Alder", "Birch", "Dene", "Fir"]


def test_pages_are_drawn_again_only_where_they_would_show_something_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = {name: [good(*one)] for name, one in zip(NAMES, GOOD, strict=True)}
    first, drawn = written(tmp_path, rows), []
    held = {page: page.read_bytes() for page in (first.page, *first.editions.values()) if page}
    monkeypatch.setattr(pages, "_drawn", lambda *asked: drawn.append(asked[3]) or {name: name for name in asked[3]})
    folders = {name: tmp_path / name / MONTH for name in NAMES}
    assert (write_comparison(MONTH, folders, tmp_path), drawn) == (first, [])
    assert {page: page.read_bytes() for page in held} == held
    write_comparison(MONTH, folders, tmp_path, anew=True)
    assert drawn == [list(NAMES)]
    first.editions["Elm"].write_text("changed by hand")
    write_comparison(MONTH, folders, tmp_path)
    first.editions["Dene"].unlink()
    write_comparison(MONTH, folders, tmp_path)
    other = publish(tmp_path / "other", "Elm", [good(25, 90)])
    write_comparison(MONTH, folders | {"Elm": other}, tmp_path)
    write_comparison(MONTH, dict([*folders.items()][:4]), tmp_path)
    assert [len(names) for names in drawn] == [5, 5, 5, 5, 4]


def test_where_drawing_was_cut_short_the_next_run_draws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {name: [good(*one)] for name, one in zip(NAMES, GOOD, strict=True)}
    first, folders = written(tmp_path, rows), {name: tmp_path / name / MONTH for name in NAMES}
    with monkeypatch.context() as patch:
        patch.setattr(pages, "_drawn", lambda *_: (_ for _ in ()).throw(OSError("no space")))
        with pytest.raises(OSError, match="no space"):
            write_comparison(MONTH, folders, tmp_path, anew=True)
    first.editions["Elm"].write_text("half")
    again = write_comparison(MONTH, folders, tmp_path)
    assert "Elm" in words(again.editions["Elm"])


@pytest.mark.slow
def test_pages_that_every_core_draws_some_of_are_those_that_one_draws(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = {name: [good(*counts)] for name, counts in zip(NAMES, GOOD, strict=True)}
    alone = {name: page.read_bytes() for name, page in written(tmp_path / "alone", rows).editions.items()}
    monkeypatch.setattr(pages, "AT_A_TIME", 2)
    together = {name: page.read_bytes() for name, page in written(tmp_path / "together", rows).editions.items()}
    assert list(together) == list(NAMES)
    assert together == alone


@pytest.mark.slow
def test_pages_whose_process_died_are_drawn_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def died(*_: object) -> None:
        raise NotebookDied("no memory")

    monkeypatch.setattr(pages, "AT_A_TIME", 2)
    monkeypatch.setattr(pages, "in_a_copy", died)
    rows = {name: [good(*counts)] for name, counts in zip(NAMES, GOOD, strict=True)}
    assert sorted(written(tmp_path, rows).editions) == sorted(NAMES)
