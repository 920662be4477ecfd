"""Whether the measures that council.yaml names exist: asked here, because reading knows no measure."""

from difflib import get_close_matches

from qa_analysis.council import Own
from qa_analysis.data.reading.council_file import FILE_NAME
from qa_analysis.data.reading.strict_yaml import Checks
from qa_analysis.measures.catalogue import declared
from qa_analysis.measures.framework_review.promises import by_code


def refuse_unknown_measures(own: Own) -> None:
    """Stop where the Improvement Plan names a measure, or a target a promise, that does not exist.

    Raises:
        WrongUse: naming the entry, and what it may have meant.
    """
    checks, promises = Checks(FILE_NAME), tuple(by_code())
    known = (*declared(), *promises)
    for number, one in enumerate(own.plans.improvement_plan, start=1):
        for name in one.measures:
            _known(checks, name, known, f"improvement_plan {number}, measures")
    for code in own.plans.promise_targets:
        checks.known(code, promises, "promise_targets")


def _known(checks: Checks, name: str, known: tuple[str, ...], place: str) -> None:
    """The same check, without a list of hundreds where nothing is near."""
    near = get_close_matches(name, known, n=1)
    checks.known(name, known if name in known else near or ("a measure of docs/methods.md",), place)
