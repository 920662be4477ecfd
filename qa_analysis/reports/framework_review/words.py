"""The annual review in sentences: what was kept, and the questions that the evidence puts to the board."""

from collections.abc import Iterator
from typing import Final

from qa_analysis.english import agreeing, at_first, counted, in_a_sentence, in_letters, listed
from qa_analysis.measures.figure import TOO_FEW
from qa_analysis.month.month import Month
from qa_analysis.reports.framework_review.tables import Told, share_words, told
from qa_analysis.rule_changes import rule_changes
from qa_analysis.telling.wording import last_cycles, percent

NOT_KNOWN_FROM: Final = 1 / 3  # of the cases: from more of them on, recording is the first question
LEAST_NAMED: Final = 3
LATE, UNTOLD = "late", "for a cycle before the first publication"  # the words of the log of publications
NO_QUESTION: Final = "The figures put no question to the board."


def headline_sentences(month: Month) -> list[str]:
    """The review in a few claims."""
    every = told(month)
    return [
        *_kept(month, every), *_least_kept(month, every), *_not_known(every), *_changed(month), *_review_due(month),
        *_asked(month),
    ]  # fmt: skip


def _kept(month: Month, every: list[Told]) -> Iterator[str]:
    """How many promises had cases, and how many were kept in all of them."""
    held = [one for one in every if one.has_cases]
    if not held:
        yield f"No promise of the framework could be counted over {last_cycles(month)}."
        return
    always = sum(not one.missed and not one.unknown for one in held)
    broken = sum(one.missed > 0 for one in held)
    unsaid = len(held) - always - broken
    rest = f", and of {unsaid} some cases could not be known" if unsaid else ""
    yield (
        f"Of the framework's promises, {len(held)} could be counted over {last_cycles(month)}: {always or 'none'} "
        f"{agreeing(always or 1, 'was', 'were')} kept in every case, {broken or 'none'} "
        f"{agreeing(broken or 1, 'was', 'were')} not kept in at least one{rest}."
    )


def _least_kept(month: Month, every: list[Told]) -> Iterator[str]:
    """The promises kept least often, of those with enough cases; by what was kept at most, so that none is wronged."""
    enough = [one for one in every if one.cases >= month.rules.verdict_from and one.missed and not _is_sample(one)]
    first = sorted(enough, key=lambda one: one.most)[:LEAST_NAMED]
    if first:
        named = [f"{in_a_sentence(one.promise.title)} ({_of_cases(one)})" for one in first]
        yield f"Kept least often: {listed(named)}."


def _is_sample(one: Told) -> bool:
    return one.promise.is_sample


def _of_cases(one: Told) -> str:
    return f"{share_words(one)} of {one.cases:,} {one.promise.unit}"


def _not_known(every: list[Told]) -> Iterator[str]:
    """What nobody can say."""
    mostly = [in_a_sentence(one.promise.title) for one in every if _is_unknown(one)]
    silent = sum(one.kept is None for one in every)
    if mostly:
        yield f"Could not be known for more than a third of cases: {listed(mostly)}."
    if silent:
        yield f"Of {in_a_sentence(_in_letters(silent, 'promise'))} nothing can be said, because no extract tells of it."


def _is_unknown(one: Told) -> bool:
    return one.has_cases and one.unknown / one.cases > NOT_KNOWN_FROM


def _changed(month: Month) -> Iterator[str]:
    found = rule_changes(month.cycles[0], month.month)
    if found:
        yield f"{_in_letters(len(found), 'rule')} changed within these cycles."
    else:
        yield "No rule changed within these cycles."


def _review_due(month: Month) -> Iterator[str]:
    if month.rules.is_past_review(month.month):
        yield "The framework is past the date of its own review. Its rules hold until others are agreed."


def _asked(month: Month) -> Iterator[str]:
    many = len(questions(month))
    said = f"{_in_letters(many, 'question')} for the board {agreeing(many, 'follows', 'follow')}." if many else ""
    yield said or NO_QUESTION


def _in_letters(many: int, one: str) -> str:
    return at_first(f"{in_letters(many)} {agreeing(many, one, f'{one}s')}")


def questions(month: Month) -> list[str]:
    """What the evidence asks of the board: of recording first, then of targets missed, then of the rules."""
    every = told(month)
    return [
        *_to_supply(every),
        *(_to_record(one) for one in every if _is_unknown(one)),
        *(words for one in every for words in _below_target(month, one)),
        *_of_rules(month),
    ]


def silent_titles(month: Month) -> list[str]:
    """The promises of which no extract tells."""
    return [in_a_sentence(one.promise.title) for one in told(month) if one.kept is None]


def idle_titles(month: Month) -> list[str]:
    """The promises that nothing in the year could have been kept in."""
    return [in_a_sentence(one.promise.title) for one in told(month) if one.is_idle]


def _to_supply(every: list[Told]) -> Iterator[str]:
    """What is not recorded at all, in one question."""
    silent = [in_a_sentence(one.promise.title) for one in every if one.kept is None]
    if silent:
        these = agreeing(len(silent), "this promise was", "these promises were")
        yield f"What should be recorded, or supplied, to say whether {these} kept: {'; '.join(silent)}?"


def _to_record(one: Told) -> str:
    """What should be recorded more fully."""
    return (
        f"What would have to be done or recorded so that “{in_a_sentence(one.promise.title)}” can be known? It could "
        f"not be for {one.unknown:,} of {one.cases:,} {one.promise.unit} ({percent(one.unknown / one.cases)})."
    )


def _below_target(month: Month, one: Told) -> Iterator[str]:
    """That a promise was kept less often than the council aims at, as far as that is known."""
    target = month.rules.own.plans.promise_targets.get(one.promise.code)
    if target is None or not one.has_cases or one.kept is None or one.kept.verdict == TOO_FEW:
        return
    most = one.kept.upper if one.promise.is_sample else one.most
    name, said = at_first(one.promise.title), share_words(one)
    if most < target:
        yield (
            f"{name}: {said} of {one.cases:,} {one.promise.unit}, under the council's target of {percent(target)}. "
            "Is it practice that should change, or the promise?"
        )
    elif one.least < target:
        yield (
            f"{name}: {said} of {one.cases:,} {one.promise.unit}. Whether the council's target of {percent(target)} "
            "was reached cannot be said. What would tell us?"
        )


def _of_rules(month: Month) -> Iterator[str]:
    if month.rules.is_past_review(month.month):
        yield "The framework is past its review date. Which of its rules should stay as they are, and which be amended?"


def targets_sentence(month: Month) -> str:
    """Whether the council has set any targets."""
    targets = month.rules.own.plans.promise_targets
    if targets:
        many = in_a_sentence(_in_letters(len(targets), "promise"))
        return f"The council has set targets for {many}; no other has one."
    return "The council has set no target for any promise, so none is called missed (promise_targets in council.yaml)."


def published_sentence(month: Month) -> str:
    """In how many cycles all reports were published on time, by the run's own log."""
    states = month.cycles_published["state"].astype("str").tolist()
    known = [state for state in states if state != UNTOLD]
    if not known:
        return "Whether reports were published on time is not known: the log of publications begins with this cycle."
    late, untold = sum(state == LATE for state in known), len(states) - len(known)
    rest = f"; {untold} of the year ended before the log begins" if untold else ""
    return (
        f"By the log of publications, all reports were on time in {len(known) - late} of "
        f"{counted(len(known), 'cycle')}{rest}."
    )
