"""Strings that look like markup, formulas or templates, and a council with one in every place for open words."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from pandas import DataFrame
from small import frames

STRINGS = 1000
PIECES = [
    '=HYPERLINK("http://x.invalid","go")', "<script>alert(1)</script>", "{{7*7}}", "{% raw %}", "$\\frac{", "# heading",
    "a\x00b", "\u202eright to left", "\u200f", "</table></main>", '"><img src=x onerror=alert(1)>', "<!-- ", "]]>",
    "-->",
    "@SUM(A1)", "+1+cmd|' /C calc'!A0", "-2+3", "`rm`", "${HOME}", "%s%n", "\\x00", "&lt;b&gt;", "</style>",
    "javascript:x",
    "\u2028", "'; DROP TABLE audits; --", "| a | b |", "[x](javascript:x)", "\ufeff", "ﬁ", "😀", "=1+1", "{=1+1}",
]  # fmt: skip
NOW, THEN = "2023-06", "2022-12"
DECISIONS = 100  # rows among which all the words are spread, several to a cell: long tables take long to print
GRADES = ("good", "requires improvement", "outstanding", "good")
AUDITS, SERVICES, THEMES, CODES, ROLES, TEAMS, UNSEEN, FEW = 120, 15, 10, 5, 6, 30, 20, 6


def hostile(seed: int = 3) -> list[str]:
    """Strings made of such pieces, each with a number of its own."""
    rng = np.random.default_rng(seed)
    return [" ".join(rng.choice(PIECES, rng.integers(1, 4))) + f" {number:04d}" for number in range(STRINGS)]


def plain() -> list[str]:
    """As many strings that look like nothing but words."""
    return [f"plain words {number:04d}" for number in range(STRINGS)]


def structure(markup: str) -> list[str]:
    """Every tag with its attributes' names, in order, pictures' bytes left out."""
    return [re.sub(r'"[^"]*"', '""', tag) for tag in re.findall(r"<[a-zA-Z/!][^>]*>", markup)]


def spread(words: Sequence[str], rows: int) -> list[str]:
    """All the words in so many cells."""
    return [" ".join(words[start::rows]) for start in range(rows)]


def council(words: Sequence[str]) -> Mapping[str, DataFrame]:
    """A council whose every open text and every name of a place, a theme or a role is one of the words."""
    left = iter(words)

    def named(kind: str, size: int) -> list[str]:
        return [f"{kind} {next(left)}" for _ in range(size)]

    services, themes, codes, roles = (
        named(kind, size) for kind, size in (("Service", SERVICES), ("Theme", THEMES), ("Code", CODES), ("Role", ROLES))
    )
    teams, unseen, ways, barriers, asks = (
        named(kind, size)
        for kind, size in (("Team", TEAMS), ("Team", UNSEEN), ("Way", FEW), ("Barrier", FEW), ("Question", FEW))
    )

    def audit(number: int, cycle: str) -> dict[str, Any]:
        return {
            "cycle_month": cycle, "audited_on": f"{cycle}-15", "team": teams[number % TEAMS],
            "service_area": services[number % SERVICES], "theme_code": themes[number % THEMES],
            "auditor_role": roles[number % ROLES], "auditor_id": f"AUQ{number % 7:06d}",
            "key_worker_id": f"KWQ{number:06d}", "child_id": f"CHQ{number:06d}",
            "overall_grade": GRADES[number % len(GRADES)], "impact_statement": words[number],
            "longer_lookback_reason": words[number], "disputed_by": roles[number % ROLES],
            "is_disputed": number % 9 == 0,
        }  # fmt: skip

    audits = [audit(number, cycle) for cycle in (NOW, THEN) for number in range(AUDITS)]
    return frames(
        audits=audits,
        moderations=[
            {"audit_id": f"audits-{number + 1}", "overall_grade": GRADES[(number + number % 3) % len(GRADES)],
             "panel": roles[0], "reason_for_change": words[number]}
            for number in range(0, AUDITS, 3)
        ],
        findings=[
            {"audit_id": f"audits-{number % AUDITS + 1}", "text": word, "theme_code": codes[number % CODES],
             "polarity": ("strength", "development")[number % 2]}
            for number, word in enumerate(words)
        ],
        actions=[
            {"audit_id": f"audits-{number % AUDITS + 1}", "description": word, "team": teams[number % TEAMS],
             "service_area": services[number % SERVICES], "owner_role": roles[number % ROLES],
             "theme_code": codes[number % CODES], "due_on": "2023-07-01",
             "owner_id": f"KWQ{number:06d}", "agreed_on": "2023-06-01",
             **({"completed_on": "2023-06-20", "signed_off_role": roles[0]} if number % 2 else {})}
            for number, word in enumerate(words[: STRINGS // 2])
        ],
        audit_answers=[
            {"audit_id": f"audits-{number + 1}", "prompt_code": code, "answer": ("yes", "no")[number % 2],
             "comment": words[number]}
            for number in range(AUDITS)
            for code in ("1.1", "3.10")
        ],
        smt_decisions=[
            {"meeting_on": "2023-06-20", "item": f"On {item}", "decision": said, "owner_id": "w",
             "theme_code": themes[number % THEMES]}
            for number, (item, said) in enumerate(
                zip(spread(words[: STRINGS // 2], DECISIONS), spread(words[STRINGS // 2 :], DECISIONS), strict=True)
            )
        ],
        family_feedback=[
            {"audit_id": f"audits-{number % AUDITS + 1}", "text": words[number], "method": ways[number % FEW],
             "barrier": barriers[number % FEW], "support_used": ways[number % FEW]}
            for number in range(200)
        ],
        caseload=[
            {"snapshot_on": "2023-06-30", "team": team, "service_area": services[0], "child_id": f"CHQ{number:06d}"}
            for number, team in enumerate([*teams, *unseen])
        ],
        survey_responses=[
            {"survey": "audit process", "wave": "2023-06", "role": roles[number % ROLES], "team": teams[number % TEAMS],
             "question": asks[number % FEW], "answer": 4, "comment": words[number]}
            for number in range(60)
        ],
        learning_events=[
            {"kind": "reflective session", "held_on": "2023-06-20", "theme_code": theme, "team": team}
            for theme, team in zip(themes, teams, strict=False)
        ],
        immediate_concerns=[{"audit_id": "audits-1", "found_on": "2023-06-15", "signed_off_role": roles[0]}],
    )  # fmt: skip
