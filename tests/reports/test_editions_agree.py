"""No two editions give one grade two verdicts: what each says of a change is read back from its words, and compared.

The councils are small and have a change planted; their editions are told from the measured month, none is published.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from sections import for_readers, said
from small import month, tables

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_after, months_between
from qa_analysis.framework import rules_for
from qa_analysis.measures.closing_the_loop.verdicts import verdicts
from qa_analysis.measures.figure import joined
from qa_analysis.month.checking import extracts_table
from qa_analysis.questions.opening import Held
from qa_analysis.questions.query import Questions

NOW, EACH, OVERALL = "2025-06", 24, "overall"
AREAS = {area: title.lower() for area, title in rules_for(NOW).key_areas.items()}
EDITIONS: Final = ("smt-report", "close-the-loop", "learning-session", "briefing", "newsletter", "questions")
UP, UP_IF, DOWN, DOWN_IF = "up", "up, with reserve", "down", "down, with reserve"
UNCLEAR, LITTLE, TOO_FEW = "unclear", "little", "too few"
MANAGERS: Final = ("smt-report", "close-the-loop", "questions")  # whose editions have a verdict on every grade
WORDED: Final[Mapping[str, str]] = {
    r"no clear evidence of change|shows clear evidence of change": UNCLEAR,
    r"little or no change": LITTLE,
    r"too few (?:audits )?to judge": TOO_FEW,
    r"higher than six months ago|that is higher": UP_IF,
    r"lower than six months ago|that is lower": DOWN_IF,
    r"improving|embedded\b|clear improvement|clearly better": UP,
    r"\bworse\b|clear drop|clearly worse": DOWN,
}
STRAY = re.compile(r"chance would explain|not like for like|significant")  # how verdicts were worded beside each other
ASIDE = re.compile(r"“[^”]*”|\([^()]*\)")  # words that are explained, and numbers
SENTENCES = re.compile(r"(?<=[.!?])\s+(?!that is )")
HOW_MANY = re.compile(r"(?:no clear evidence of change|little or no change) in \d")  # how many grades, and not which


def council(*, months: int = 15, each: int = EACH, **more: Any) -> Tables:
    """Fifteen cycles; in the last three each column is good in another number of audits than in those before."""
    later, columns = months_after(NOW, -2), {"overall_grade": (12, 12), **more.pop("good", {})}
    audits = [
        {"cycle_month": cycle, "audited_on": f"{cycle}-10", "child_id": f"{cycle} {n}", "key_worker_id": f"worker {n}",
         **{name: "good" if n < held[cycle >= later] else "inadequate" for name, held in columns.items()},
         **{name: held[cycle >= later] for name, held in more.items()},
         "auditor_id": f"auditor {n % 6}{' of late' if 'new_auditors' in more and cycle >= later else ''}"}
        for cycle in months_between(months_after(NOW, 1 - months), NOW) for n in range(each)
    ]  # fmt: skip
    for audit in audits:
        audit.pop("new_auditors", None)
    return tables(NOW, audits=audits)


FALL, RISE = {"grade_supervision_oversight": (20, 4)}, {"grade_assessment": (4, 20)}
COUNCILS: Final[Mapping[str, tuple[dict[str, Any], dict[str, str]]]] = {
    "a fall across a change of form": (
        {"good": FALL, "form_version": ("2", "3")}, {"supervision_oversight": DOWN_IF, OVERALL: UNCLEAR}
    ),
    "a rise and a fall like for like": (
        {"good": {**FALL, **RISE, "overall_grade": (4, 20)}},
        {"supervision_oversight": DOWN, "assessment": UP, OVERALL: UP},
    ),
    "a fall seen by new auditors": ({"good": FALL, "new_auditors": (False, True)}, {"supervision_oversight": DOWN_IF}),
    "a rise of what is audited": (
        {"good": {"overall_grade": (4, 20)}, "theme_code": ("supervision", "neglect")}, {OVERALL: UP_IF}
    ),
    "nothing clear": ({"good": {"overall_grade": (10, 13)}}, {OVERALL: UNCLEAR}),
    "too few": ({"each": 3}, {OVERALL: TOO_FEW, "assessment": TOO_FEW}),
}  # fmt: skip


def texts(held: Tables) -> dict[str, list[str]]:
    """The lines of each edition."""
    told = month(held)
    found = {name: list(said(name, for_readers(name, told)))
             for name in EDITIONS if name != "questions"}  # fmt: skip
    return {**found, "questions": list(answers(held))}


def answers(held: Tables) -> Iterator[str]:
    """What the question notebook answers of the same comparison, and of the run of months."""
    asks, lead = (
        Questions(Held(held, extracts_table(()), Path("nowhere"))),
        {"now": "2025-04/2025-06", "then": "2024-10/2024-12"},
    )
    for area in ("", *AREAS):
        yield asks.change(**lead, **({"area": area} if area else {})).sentence
        yield asks.trend(**({"area": area} if area else {})).sentence


def claims(lines: Iterable[str]) -> dict[str, set[str]]:
    """The verdicts of each grade that some lines give it."""
    found: dict[str, set[str]] = {}
    for line in lines:
        for part in parts(line):
            for verdict in [word for phrase, word in WORDED.items() if re.search(phrase, part)][:1]:
                for grade in grades(part):
                    found.setdefault(grade, set()).add(verdict)
    return found


def parts(line: str) -> Iterator[str]:
    """The sentences of a line; where one gives several grades their verdicts, each by itself."""
    for sentence in SENTENCES.split(HOW_MANY.sub("", ASIDE.sub("", line.lower()))):
        verdicts_given = sum(len(re.findall(phrase, sentence)) for phrase in WORDED)
        yield from re.split(r"; ", sentence) if verdicts_given > 1 else [sentence]


def grades(part: str) -> list[str]:
    """Which grades a sentence is about: all six, those it names, or the overall one where it names none."""
    if "six key areas" in part:
        return list(AREAS)
    return [area for area, title in AREAS.items() if title in part] or [OVERALL]


@pytest.mark.parametrize(
    ("planted", "expected"),
    [
        pytest.param(*COUNCILS[name], id=name, marks=[pytest.mark.slow] if number > 1 else [])
        for number, name in enumerate(COUNCILS)
    ],
)
def test_no_two_editions_give_one_grade_two_verdicts(planted: dict[str, Any], expected: dict[str, str]) -> None:
    held = council(**planted)
    told = texts(held)
    given, once_decided = {edition: claims(lines) for edition, lines in told.items()}, decided(held)
    for grade in (*AREAS, OVERALL):
        verdicts_given = {edition: each[grade] for edition, each in given.items() if grade in each}
        assert len(set().union(*verdicts_given.values())) == 1, (grade, verdicts_given)
        assert verdicts_given["smt-report"] == {once_decided[grade]}, grade
    for grade, verdict in expected.items():
        speaking = MANAGERS if verdict in (UNCLEAR, LITTLE, TOO_FEW) else (*MANAGERS, "briefing")
        assert {edition: given[edition].get(grade) for edition in speaking} == {
            edition: {verdict} for edition in speaking
        }
    assert [line for lines in told.values() for line in lines if STRAY.search(line)] == []


def decided(held: Tables) -> dict[str, str]:
    """What the one place decided of each grade."""
    found = {}
    for row in verdicts(held):
        word = {"worse": DOWN, "improving": UP, "no clear evidence of change": UNCLEAR,
                "little or no change": LITTLE, "too few to judge": TOO_FEW}[row.verdict]  # fmt: skip
        found[joined(row.group) or OVERALL] = f"{word}, with reserve" if row.reasons and word in (UP, DOWN) else word
    return found


def test_where_a_month_and_the_half_year_point_apart_one_sentence_holds_both() -> None:
    """The last month is far below its usual range, and the three months together show nothing clear."""
    good = dict.fromkeys(months_between(months_after(NOW, -14), NOW), 12) | {NOW: 1, "2025-05": 15, "2025-04": 15}
    held = tables(NOW, audits=[
        {"cycle_month": cycle, "audited_on": f"{cycle}-10", "auditor_id": f"auditor {n % 6}",
         "child_id": f"{cycle} {n}", "key_worker_id": f"worker {n}",
         "overall_grade": "good" if n < size else "inadequate"}
        for cycle, size in good.items() for n in range(EACH)
    ])  # fmt: skip
    both = (
        "June 2025 by itself was below the usual range; whether practice changed is another question, answered by "
        "comparing three months with the same three half a year earlier: no clear evidence of change."
    )
    told = texts(held)
    assert both in " ".join(told["smt-report"]) and both in " ".join(told["questions"])
    assert all(claims(lines).get(OVERALL, {UNCLEAR}) == {UNCLEAR} for lines in told.values())
