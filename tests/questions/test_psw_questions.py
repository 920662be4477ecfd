"""The questions that a Principal Social Worker asked before reading anything: answered by drop-downs, or refused.

Each is put by what the drop-downs show, as a hand would choose it. Ten are hers, ten more were put by us.
"""

from collections import Counter

import pytest
from asked import ASKED, OWN

from qa_analysis.dates import period_of
from qa_analysis.measures.prompts.answers import prompts_answered
from qa_analysis.measures.supervision.after_audits import after_audits
from qa_analysis.questions.answer import Answer
from qa_analysis.questions.opening import Held
from qa_analysis.questions.panel import LABELS, options
from qa_analysis.questions.query import Questions


def chosen(demo: Held, asks: str, **shown: str) -> Answer:
    """The answer to a question by the titles that its drop-downs show, in an opening of its own."""
    qa = Questions(demo)
    question = dict(options(qa, "question", question="grades", service=""))[asks]
    service = dict(options(qa, "service", question=question, service="")).get(shown.get("service", ""), "")
    words = {word: dict(options(qa, word, question=question, service=service))[title] for word, title in shown.items()}
    assert set(words) <= set(LABELS)
    return qa.ask(question, **words)


@pytest.mark.parametrize(("asks", "shown", "said"), [*ASKED, *OWN])
def test_a_question_is_answered_by_drop_downs(asks: str, shown: dict[str, str], said: str, demo: Held) -> None:
    answer = chosen(demo, asks, **shown)
    assert answer.is_given, f"{answer.sentence} {answer.caveat}"
    assert said in answer.sentence.replace("\u00a0", " ")


def test_whether_fathers_were_engaged_is_refused_because_the_extract_says_parent(demo: Held) -> None:
    refused = Questions(demo).ask("families", respondent="father", status="CP")
    assert not refused.is_given
    assert "families has no option called “respondent”" in refused.sentence
    heard = {str(who) for who in demo.tables.frames["family_feedback"]["respondent"].dropna()}
    assert heard == {"parent", "child", "carer"}  # so that no extract says which of two parents was engaged
    assert not dict(options(Questions(demo), "prompt", question="findings", service="")).get("Father engaged")


def test_a_complaint_about_drift_is_refused_where_no_complaint_was_filed_under_it(demo: Held) -> None:
    refused = Questions(demo).complaints(subject="6.5 Senior oversight")
    assert not refused.is_given
    assert "There is no subject “6.5 Senior oversight”" in refused.sentence


def test_the_weakest_prompt_of_team_managers_is_what_counting_by_hand_finds(demo: Held) -> None:
    audits = demo.tables.audits
    cycles = set(demo.tables.rolling_cycles)
    theirs = {
        audit
        for audit, role, cycle in zip(audits["audit_id"], audits["auditor_role"], audits["cycle_month"], strict=True)
        if role == "team manager" and cycle in cycles
    }
    given, yes = Counter[str](), Counter[str]()
    answers = demo.tables.frames["audit_answers"]
    for audit, code, answer in zip(answers["audit_id"], answers["prompt_code"], answers["answer"], strict=True):
        if audit in theirs and answer in ("yes", "partly", "no"):
            given[code] += 1
            yes[code] += answer == "yes"
    table = Questions(demo).prompts(role="team manager").table
    told = table[table["measure"] == "prompt_answered_yes"].set_index("group")
    assert {code: (yes[code], given[code]) for code in given} == {
        code: (told["numerator"][code], told["denominator"][code]) for code in told.index
    }


def test_audits_below_good_discussed_are_what_counting_by_hand_finds(demo: Held) -> None:
    held: dict[str, list[tuple[object, object]]] = {}
    for row in demo.tables.frames["supervision"].to_dict("records"):
        held.setdefault(row["worker_id"], []).append((row["held_on"], row["audit_id"]))
    followed = discussed = 0
    for audit in demo.tables.audits.to_dict("records"):
        is_below = audit["overall_grade"] in ("requires improvement", "inadequate")
        if is_below and audit["cycle_month"] in demo.tables.rolling_cycles:
            later = sorted(day for day, _ in held.get(audit["key_worker_id"], []) if day > audit["audited_on"])
            if later:
                followed += 1
                discussed += (later[0], audit["audit_id"]) in held[audit["key_worker_id"]]
    table = Questions(demo).supervision(kind="below good").table
    told = table[table["measure"] == "below_good_discussed_in_next"].iloc[0]
    assert (told["numerator"], told["denominator"]) == (discussed, followed)


def test_what_reports_tell_and_what_is_asked_is_one_figure(demo: Held) -> None:
    """Supervision after audits and the prompts, over the same year: by the measures of the reports."""
    tables, year = demo.tables, period_of(demo.tables.rolling_cycles)
    reported = [*after_audits(tables), *prompts_answered(tables)]
    told = {
        (row.measure, row.group): (row.numerator, row.denominator)
        for row in reported
        if row.period == year and row.by in ((), ("prompt_code", "answer"))
    }
    followed = Questions(demo).supervision(kind="below good").table.iloc[0]
    assert told["below_good_discussed_in_next", ()] == (followed["numerator"], followed["denominator"])
    answered = Questions(demo).prompts(route="headline").table
    yes = answered[answered["measure"] == "prompt_answered_yes"]
    assert len(yes) == 36
    for code, numerator, denominator in zip(yes["group"], yes["numerator"], yes["denominator"], strict=True):
        assert told["prompt_answer", (code, "yes")] == (numerator, denominator)
