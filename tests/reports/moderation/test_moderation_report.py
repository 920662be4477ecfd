"""The moderation report reads well on an ordinary month and on the odd ones."""

import re
import warnings
from html import unescape
from typing import Any

import pytest
from small import AREAS, asked, month, tables

from qa_analysis.month.month import Month
from qa_analysis.reports.moderation import report as show
from qa_analysis.reports.smt_report.headlines import panel
from qa_analysis.telling.wording import of_all

SECTIONS = (
    show.summary, show.cover, show.upheld, show.over_year, show.direction, show.where, show.all_audits, show.practice,
    show.appendix,
)  # fmt: skip
BAD = "requires improvement"
NUMBER = re.compile(r"\d+(?:\.\d+)?")
FULL = "assistant director;principal social worker;quality assurance manager;safeguarding service manager"


def decisions(*grades: str, **more: Any) -> list[dict[str, Any]]:
    """The panel's decisions on the first audits, every area as the overall grade."""
    return [
        {"audit_id": f"audits-{number}", "overall_grade": grade, **dict.fromkeys(AREAS, grade), **more}
        for number, grade in enumerate(grades, start=1)
    ]


def text(held: Month) -> str:
    """The whole report as a reader sees it, pictures left out."""
    markup = "\n".join(section(held).markup for section in SECTIONS)
    return unescape(re.sub("<[^>]*>", " ", re.sub(r'src="data:[^"]*"|alt="[^"]*"', "", markup)))


def quiet(**datasets: Any) -> str:
    """The report, made without a warning by any library."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return text(month(tables(**datasets)))


def readable(said: str) -> None:
    """No number that is none, no empty share, no certainty from nothing."""
    assert not re.search(r"\bnan\b|\bNone\b|\binf\b|NaT|−0 |\(\)| {2}\.", said)
    assert "100% (100% to 100%)" not in said.replace("\u00a0", " ")
    assert "1.00 (1.00 to 1.00)" not in said


MIXED = [{"overall_grade": grade} for grade in ("good", BAD, "good", "inadequate", "outstanding", BAD)]
ODD = {
    "no moderation": {"audits": MIXED},
    "one moderation": {"audits": MIXED, "moderations": decisions(BAD)},
    "two moderations": {"audits": MIXED, "moderations": decisions("good", "good")},
    "one moderation of one audit": {"audits": [{}], "moderations": decisions("good")},
    "only a dispute": {"audits": MIXED, "moderations": decisions(BAD, route="dispute")},
    "all grades alike": {"audits": [{}] * 30, "moderations": decisions(*["good"] * 10)},
    "all grades alike and all below good": {
        "audits": [{"overall_grade": BAD, **dict.fromkeys(AREAS, BAD)}] * 30, "moderations": decisions(*[BAD] * 10),
    },
    "one auditor only": {
        "audits": [{"auditor_id": "alone"}] * 24,
        "moderations": decisions(*["good"] * 6, BAD, "outstanding", panel=FULL, was_blind=True),
    },
    "everything moderated": {"audits": [{}] * 12, "moderations": decisions(*["good"] * 6, *[BAD] * 6)},
    "showcased audits alone": {
        "audits": [{"selection_route": "nominated good"}] * 9, "moderations": decisions("good", BAD, "good"),
    },
}  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_month_has_a_readable_report_and_no_warning(odd: str) -> None:
    readable(quiet(**ODD[odd]))


def test_nobody_moderated_is_said_first() -> None:
    said = quiet(**ODD["no moderation"])
    assert "The panel has not yet graded an audit of this cycle; 2 were due." in said
    assert "too little to correct with: 0 random moderations in 12 cycles" in said


@pytest.mark.parametrize(("grades", "upheld"), [(["good"], "1 of 1 grade"), (["good", BAD], "1 of 2 grades")])
def test_one_and_two_moderations_are_counted_and_not_measured(grades: list[str], upheld: str) -> None:
    said = quiet(audits=[{}] * 6, moderations=decisions(*grades))
    assert f"The panel upheld {upheld}, " in said
    assert "too few to say" in said
    assert not re.search(r"likely between|AC1 0|Direction: ", said)
    assert of_all(month(tables(audits=[{}] * 6, moderations=decisions(*grades)))) == ""


def test_all_alike_leaves_kappa_undefined_and_the_rest_uncertain() -> None:
    held = month(tables(audits=[{}] * 30, moderations=decisions(*["good"] * 30)))
    said = text(held)
    assert re.search(r"Overall grade\s+30\s+not defined\s+not defined", said)
    assert re.search(r"30 of 30\s+100% \(89% to 100%\)", said)


@pytest.mark.parametrize(("pairs", "said"), [(29, r"29\s+too few to say\s+too few to say"), (30, r"30\s+0\.\d\d ")])
def test_under_thirty_pairs_there_is_no_kappa(pairs: int, said: str) -> None:
    audits = [{"overall_grade": (BAD, "good")[number % 2]} for number in range(pairs)]
    panels = [BAD if number % 2 == 0 or number == 1 else "good" for number in range(pairs)]
    held = month(tables(audits=audits, moderations=decisions(*panels)))
    assert re.search(rf"Overall grade\s+{said}", re.sub("<[^>]*>", " ", show.appendix(held).markup))


def test_a_role_with_one_auditor_is_no_league_table() -> None:
    said = quiet(**ODD["one auditor only"])
    assert "Practice improvement team" not in said
    assert "oles of few auditors" not in said  # a pool of one person either


def test_the_third_sentence_says_what_the_panel_would_have_said_of_all() -> None:
    audits = [*[{}] * 40, *[{"overall_grade": BAD}] * 40]
    moderations = [
        *decisions(*["good"] * 12, *[BAD] * 8),
        *({"audit_id": f"audits-{number}", "overall_grade": BAD} for number in range(41, 61)),
    ]
    said = panel(month(tables(audits=audits, moderations=moderations))).replace("\u00a0", " ")
    assert re.match(
        r"Moderation suggests that we grade too generously\. If every audit had been moderated, we estimate 30% would "
        r"be good or better \(likely range 2\d% to 4\d%\), against 50% as graded by auditors; over the year 30% "
        r"against 50% \(20 percentage points; range ",
        said,
    )


def test_moves_of_two_grades_are_listed_by_route_and_never_by_audit() -> None:
    held = month(
        tables(
            audits=[{"selection_route": "revisit"}, {}, {}],
            moderations=decisions("inadequate", "inadequate", "good"),
        )
    )
    said = text(held)
    assert re.search(r"random\s+good\s+inadequate\s+1", said)
    assert re.search(r"revisit\s+good\s+inadequate\s+1", said)
    assert re.search(r"Assessment\s+2", said)
    assert "audits-1" not in said
    assert "Changes across the line between good and requires improvement: 2. Changes by two grades or more: 2." in said


def test_every_number_in_the_sentences_is_one_of_the_measures() -> None:
    audits = [*[{}] * 30, *[{"overall_grade": BAD}] * 30]
    moderations = [
        *decisions(*["good"] * 12, *[BAD] * 6, panel=FULL, was_blind=True, fed_back_on="2023-07-01"),
        *({"audit_id": f"audits-{number}", "overall_grade": BAD} for number in range(31, 46)),
        {"audit_id": "audits-46", "overall_grade": "good", "route": "dispute"},
    ]
    held = month(tables(audits=audits, moderations=moderations))
    sections = (show.upheld, show.direction, show.all_audits, show.practice, show.where)
    pages = [unescape(section(held).markup) for section in sections]
    numbers = asked(held)[["numerator", "denominator", "value", "lower", "upper"]].stack().dropna().abs()
    shown = {f"{number:.0f}" for number in numbers} | {f"{100 * number:.0f}" for number in numbers}
    shown |= {f"{number:.2f}" for number in numbers} | {f"{number:g}" for number in numbers}
    missed = {"0"} | {str(len(held.rules.panel_roles))}
    for page in pages:
        for sentence in re.findall("<li>(.*?)</li>", page):
            bare = sentence.replace("July 2022 to June 2023", "").replace("June 2023", "")
            assert [number for number in NUMBER.findall(bare) if number not in shown | missed] == [], sentence
