"""The partnership's edition in plain sentences. Every number is a rounded one of the shared edition."""

from collections.abc import Iterator, Mapping
from typing import Final

import pandas as pd
from pandas import DataFrame

from qa_analysis.english import at_first, in_a_sentence, listed
from qa_analysis.measures.closing_the_loop.verdicts import WORSE
from qa_analysis.measures.figure import Figure
from qa_analysis.measures.shared_edition.partnership import (
    A_YEAR,
    AGE,
    ANSWERED,
    AREA,
    INVITED,
    KIND,
    KINDS,
    LONGER,
    OPEN,
    SUBJECT,
    SUBJECTS,
)
from qa_analysis.measures.shared_edition.unit import CAME, REPORTED
from qa_analysis.month.shared import SharedMonth, is_said
from qa_analysis.telling.boards import share_said, under_half_sentences
from qa_analysis.telling.claims import reserve
from qa_analysis.telling.prompts import PROMPT
from qa_analysis.telling.shared_words import about, in_words, part, quarter
from qa_analysis.telling.wording import percent

NONE: Final = "None"
A_FEW: Final = "A small number"
OF_AGENCIES: Final[Mapping[str, str]] = {
    "Invited, of those recorded": INVITED, "Came, of those invited": CAME,
    "Report received, of those invited": REPORTED,
}  # fmt: skip


def area(month: SharedMonth) -> str:
    """What the key area is called."""
    return month.rules.key_areas[AREA]


def grades_sentences(month: SharedMonth) -> Iterator[str]:
    """How multi-agency working was graded, now and six months ago, beside practice as a whole."""
    now, then = (month.told("shared_good_or_better", by="key_area", group=AREA, period=p) for p in (None, month.then))
    graded, whole = part(now, "audits"), part(month.told("shared_good_or_better"), "audits")
    if not graded:
        yield "There are too few audits to say how multi-agency working was graded."
        return
    beside = f"; overall, {whole} were good or better" if whole else ""
    yield f"Multi-agency working was graded good or better in {graded} of {quarter(month.now)}{beside}."
    yield _since(month, then)


def _since(month: SharedMonth, then: Figure | None) -> str:
    """How it was six months before, and whether that is a change that may be claimed."""
    was = part(then, "audits")
    if not was:
        return "There are too few audits of six months before to compare with."
    claimed = month.told("shared_verdict", by="key_area", group=AREA)
    if claimed is None:
        return f"Six months before it was {was}. In rounded figures there is no clear change."
    way = "lower" if claimed.verdict == WORSE else "higher"
    said = f"{reserve(list(claimed.reasons))}." if claimed.reasons else "That is a clear change."
    return f"Six months before it was {was}: it is {way} now. {said}"


def prompts_table(month: SharedMonth) -> DataFrame:
    """Each multi-agency prompt: answered yes, and found as a strength or for development. One row per prompt.

    What was not supplied has no column: a word for few audits would say that there were answers or findings.
    """
    codes = [code for code in month.rules.prompts if month.rules.area_of(code) == AREA]
    columns: dict[str, list[str]] = {"Prompt": [month.rules.prompts[code] for code in codes]}
    if "audit_answers" in month.supplied:
        columns["Answered yes"] = [share_said(month.told(ANSWERED, by="prompt_code", group=code)) for code in codes]
    if "findings" in month.supplied:
        for way, title in (("strength", "Found as a strength"), ("development", "Found for development")):
            columns[title] = [_seen(month.told("shared_theme", by=PROMPT, group=(code, way))) for code in codes]
    return pd.DataFrame(columns)


def _seen(found: Figure | None) -> str:
    """A share of audits; a theme that was found seldom and one that was not found look alike."""
    return at_first(in_words(found)) if found and is_said(found) else "In few audits or none"


def open_table(month: SharedMonth) -> DataFrame:
    """The recommendations that are still open, the oldest first. One row per kind of review and subject with any."""
    rows = [
        [f"{at_first(kind)}: {subject}", *(_count(_open(month, kind, subject, age)) for age in (LONGER, A_YEAR))]
        for kind, subject in _oldest_first(month)
    ]
    return pd.DataFrame(rows, columns=["Recommendations of", "Open for over a year", "Open for a year or less"])


def _oldest_first(month: SharedMonth) -> list[tuple[str, str]]:
    """Kinds of review and subjects with any open, those with most for over a year first; ties in their order."""
    sizes = {
        (kind, subject): [_size(_open(month, kind, subject, age)) for age in (LONGER, A_YEAR)]
        for kind in KINDS
        for subject in SUBJECTS
    }
    return sorted((row for row, size in sizes.items() if any(size)), key=lambda row: [-one for one in sizes[row]])


def _open(month: SharedMonth, kind: str, subject: str, age: str) -> Figure | None:
    return month.told(OPEN, by=(KIND, SUBJECT, AGE), group=(kind, subject, age))


def _size(found: Figure | None) -> float:
    """Where a rounded count stands among others: a small one above none and below every other."""
    if found is None:
        return 0.0
    return found.value if found.is_given else 1.0


def _count(found: Figure | None) -> str:
    if not _size(found):
        return NONE
    return at_first(about(found.value)) if found and found.is_given else A_FEW


def open_sentence(month: SharedMonth) -> str:
    """Which kinds of review have recommendations open for over a year; nothing where none has."""
    late = [kind for kind, subject in _oldest_first(month) if _size(_open(month, kind, subject, LONGER))]
    return f"Recommendations of {listed(list(dict.fromkeys(late)))} have been open for over a year." if late else ""


def to_discuss(month: SharedMonth) -> list[str]:
    """What the figures ask of the partnership: a question for each thing that stands out, and one that always helps."""
    asked = [f"{' '.join(said)} What would help, and who will ask?" for said in [under_half_sentences(month)] if said]
    if late := open_sentence(month):
        asked.append(f"{late} What stops them, and who owns each?")
    if weakest := _weakest(month):
        asked.append(f"What would each agency do so that “{in_a_sentence(weakest)}” is answered yes more often?")
    return [*asked, "What has working with one family lately taught us about working together?"]


def _weakest(month: SharedMonth) -> str:
    """The multi-agency prompt answered yes least often, where rounded shares differ; nothing where several do."""
    codes = [code for code in month.rules.prompts if month.rules.area_of(code) == AREA]
    held = {code: one for code in codes if (one := month.told(ANSWERED, by="prompt_code", group=code)) and one.is_given}
    least = [code for code, one in held.items() if percent(one.value) == percent(min(o.value for o in held.values()))]
    return month.rules.prompts[least[0]] if len(least) == 1 and len(held) > 1 else ""
