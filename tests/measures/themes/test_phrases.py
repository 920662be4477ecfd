from small import found, tables

from qa_analysis.framework import rules_for
from qa_analysis.measures.figure import joined
from qa_analysis.measures.themes.phrases import theme_words, typical, vocabulary
from qa_analysis.stats.wording.keyness import STOP_WORDS

BAD = "requires improvement"


def held(bad: str, good: str, *, each: int = 6):
    return tables(
        audits=[*[{"overall_grade": BAD}] * each, *[{}] * each],
        findings=[
            {"audit_id": f"audits-{number}", "text": bad if number <= each else good}
            for number in range(1, 2 * each + 1)
        ],
    )


def test_the_words_of_either_side_are_told_with_the_audits_that_have_them() -> None:
    rows = theme_words(held("The chronology is missing.", "The assessment is shared."))
    row = found(rows, "phrase_share", group="below good+chronology")
    assert (row.numerator, row.denominator) == (6, 6)
    assert found(rows, "phrase_share", group="good or better+chronology").numerator == 0
    assert found(rows, "phrase_log_odds", group="chronology").value > 0
    assert found(rows, "phrase_log_odds", group="assessment").value < 0


def test_no_word_is_printed_that_the_framework_does_not_use() -> None:
    council = held("Zebedee told Jane Smith of the chronology.", "Oakfield Primary shared the assessment.")
    printed = {joined(row.group) for row in theme_words(council)}
    assert not [group for group in printed for name in ("zebedee", "jane", "smith", "oakfield") if name in group]
    assert "zebedee" in " ".join(typical(council, safe=False)["phrase"])


def test_a_phrase_of_under_five_audits_is_not_printed() -> None:
    assert theme_words(held("The chronology is missing.", "The assessment is shared.", each=4)) == []


def test_the_vocabulary_is_the_frameworks_and_no_name() -> None:
    words = vocabulary(rules_for("2023-06"))
    assert {"chronology", "supervision", "contingency"} <= words
    assert not {"jane", "smith", "liverpool"} & words
    assert words >= STOP_WORDS


def test_no_findings_and_no_grades_give_no_phrase() -> None:
    assert theme_words(tables(audits=[{}])) == []
    assert theme_words(tables(audits=[{"overall_grade": None}])) == []
