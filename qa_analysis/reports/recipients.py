"""Who receives which report: whom the framework names for each, and what the council says in council.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass

from qa_analysis.council import Own
from qa_analysis.data.reading.council_file import FILE_NAME
from qa_analysis.data.reading.strict_yaml import Checks
from qa_analysis.errors import WrongUse
from qa_analysis.plans import Receiver
from qa_analysis.reports import reports
from qa_analysis.reports.declared import Recipient


@dataclass(frozen=True)
class Receives:
    """A post or body as the council calls it, the reports it receives by name, and whether it is outside."""

    recipient: str
    reports: tuple[str, ...]
    is_outside: bool


def receives(own: Own) -> tuple[Receives, ...]:
    """Every recipient with the reports it receives: the framework's in its order, then those the council adds.

    Whoever is outside Children's Services receives reports whose audience is everyone, and no other.

    Raises:
        WrongUse: the council names a report that does not exist, or one for managers to a recipient outside.
    """
    said = {one.name: (number, one) for number, one in enumerate(own.plans.recipients, start=1)}
    named = _named_by_the_framework()
    both = [*named, *(name for name in said if name not in named)]
    held = [_receives(name, named.get(name, ()), said.get(name)) for name in both]
    return tuple(one for one in held if one.reports)


def _named_by_the_framework() -> Mapping[str, tuple[str, ...]]:
    return {
        str(recipient): tuple(one.name for one in reports().values() if recipient in one.recipients)
        for recipient in Recipient
    }


def _receives(name: str, named: tuple[str, ...], said: tuple[int, Receiver] | None) -> Receives:
    framework = Recipient(name) if name in {*Recipient} else None
    if said is None:
        return Receives(name, named, is_outside=framework is not None and framework.is_outside)
    number, own = said
    place, checks = f"recipients {number}", Checks(FILE_NAME)
    is_outside = own.is_outside if framework is None else framework.is_outside
    if own.reports is None and framework is None:
        raise WrongUse(f"{checks.at(place)}: say which reports it receives, as reports: [smt-report].")
    wanted = named if own.reports is None else own.reports
    for report in wanted:
        _refuse_unsuitable(checks.known(report, tuple(reports()), f"{place}, reports"), name, place, is_outside)
    return Receives(own.called or name, tuple(one for one in reports() if one in wanted), is_outside=is_outside)


def _refuse_unsuitable(report: str, name: str, place: str, is_outside: bool) -> None:
    if is_outside and not reports()[report].is_shared:
        shared = ", ".join(one.name for one in reports().values() if one.is_shared)
        raise WrongUse(
            f'{FILE_NAME}, {place}, reports: "{report}" is for managers, and "{name}" counts as outside Children\'s '
            f"Services. Reports for recipients outside: {shared}. For one within, write outside: false."
        )
