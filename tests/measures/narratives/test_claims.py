"""A sentence that claims a change is held against the signals of the place's figures."""

import pytest

from qa_analysis.measures.narratives.claims import Signal, claims

STEADY = Signal("Supervision held in time", "no signal", "higher")
RISING = Signal("Plans up to date", "improving", "higher", "March 2023")
AGENCY = Signal("Posts filled by agency staff", "improving", "lower", "May 2023")
ALERTS = Signal("Reviews with an alert", "higher than usual", "neither")
WORSE = Signal("Visits in time", "getting worse", "higher")
EVERY = [STEADY, RISING, AGENCY, ALERTS, WORSE]


@pytest.mark.parametrize(
    ("text", "phrase", "says", "of"),
    [
        ("Supervision has improved.", "improved", "no signal", ["Supervision held in time"]),
        ("Plans are better this month.", "better", "the signal agrees", ["Plans up to date"]),
        ("The number of up to date plans has risen.", "risen", "the signal agrees", ["Plans up to date"]),
        ("Use of agency staff fell.", "fell", "the signal agrees", ["Posts filled by agency staff"]),
        ("Agency staff rose.", "rose", "the signal says the opposite", ["Posts filled by agency staff"]),
        ("Reviews with alerts increased.", "increased", "the signal agrees", ["Reviews with an alert"]),
        ("Reviews with alerts improved.", "improved", "the signal says the opposite", ["Reviews with an alert"]),
        ("Timeliness of visits improved.", "improved", "the signal says the opposite", ["Visits in time"]),
        ("Morale is higher.", "higher", "no figure of the place is about this", []),
    ],
)
def test_a_claim_has_its_word_and_what_the_figures_say(text: str, phrase: str, says: str, of: list[str]) -> None:
    (one,) = claims(text, EVERY)
    assert (one.phrase, one.says, [signal.name for signal in one.figures]) == (phrase, says, of)
    assert one.has_signal == (says == "the signal agrees")


def test_a_sentence_that_claims_no_change_is_left_alone_and_each_that_does_is_one() -> None:
    text = "We met every family. Supervision improved and grew! Caseloads are high\nPlans fell behind"
    assert [one.sentence for one in claims(text, EVERY)] == ["Supervision improved and grew!", "Plans fell behind"]


def test_without_figures_every_claim_stands_without_a_signal() -> None:
    assert [one.has_signal for one in claims("Visits improved.", [])] == [False]


def test_a_word_that_is_in_many_names_ties_nothing_to_a_figure() -> None:
    (one,) = claims(
        "Recording fell behind during leave and work.", [Signal("Care leavers at work", "improving", "lower")]
    )
    assert (one.says, one.figures) == ("no figure of the place is about this", ())
