"""The tables of the quarter, each figure of the service beside that of all services."""

from collections.abc import Mapping

from pandas import DataFrame

from qa_analysis.english import at_first
from qa_analysis.measures.figure import Figure, figures_of
from qa_analysis.measures.performance.figures import BY
from qa_analysis.measures.service_plan.indicators import SHARE, VALUE
from qa_analysis.measures.service_plan.work import DAYS
from qa_analysis.month.month import Month
from qa_analysis.month.place import PlaceMonth, places_of
from qa_analysis.reports.service_plan_evidence.words import each_of, figure, quarter_period
from qa_analysis.telling.place.words import themes
from qa_analysis.telling.prompts import prompt_title
from qa_analysis.telling.wording import of_whole, share_of

ALL, SERVICE = "All services", "service"
NOT_SAID = "No figure"


def whole_of(month: Month) -> Month:
    """The month of all services, to stand beside the service's own."""
    return month.whole if isinstance(month, PlaceMonth) and month.whole is not None else month


def here(month: Month) -> str:
    """What the column of the place itself is called."""
    return month.scope.service or month.scope.team or "All"


def beside(month: Month, rows: list[list[str]], first: str) -> DataFrame:
    """A table of the place beside all services; of the whole itself there is but one column."""
    columns = [first, here(month), ALL]
    shown = DataFrame(rows, columns=columns if len(set(columns)) == len(columns) else [first, "The service", ALL])
    return shown if isinstance(month, PlaceMonth) else shown.drop(columns=ALL)


def work_table(month: Month) -> DataFrame:
    """Audits and actions of the quarter. One row per question."""
    asked: list[tuple[str, str, str]] = [("Audits completed", "quarter_audits", "")]
    asked += [(f"Actions {step}", "quarter_actions", step) for step in DAYS]
    rows = [[words, *(_count(one, name, step) for one in (month, whole_of(month)))] for words, name, step in asked]
    in_time = [_share(figure(one, "actions_due_in_time")) for one in (month, whole_of(month))]
    rows.append([f"Actions due, completed within {month.rules.action_days} {month.rules.action_calendar} days",
                 *in_time])  # fmt: skip
    return beside(month, rows, "In the quarter")


def _count(month: Month, measure: str, step: str) -> str:
    found = figure(month, measure, by="step" if step else "", group=step)
    return f"{found.value:,.0f}" if found and found.is_given else "Not recorded" if found is None and step else "0"


def _share(found: Figure | None) -> str:
    return share_of(found) if found and found.denominator > 0 else "None fell due"


def indicators_table(month: Month) -> DataFrame:
    """The indicators of the quarter, added up. One row per indicator that the service has."""
    every = _indicators(whole_of(month))
    own = _indicators(month) or (
        every if len(places_of(whole_of(month), SERVICE)) == 1 else {}
    )  # of one, all is its own
    rows = [[own[code].note, _value(own[code]), _value(every.get(code))] for code in own]
    return beside(month, rows, "Indicator")


def _indicators(month: Month) -> dict[str, Figure]:
    return {
        one.group[0]: one
        for measure in (SHARE, VALUE)
        for one in figures_of(month.figures(measure, by=BY, period=quarter_period(month)))
    }


def _value(found: Figure | None) -> str:
    if found is None or not found.is_given:
        return NOT_SAID
    if found.unit == "share":
        return share_of(found)
    if found.denominator == found.denominator:
        return f"{found.value:,.1f} {found.method} ({found.numerator:,} cases)"
    return f"{found.value:,.0f}"


def learning_table(month: Month) -> DataFrame:
    """Learning events of the quarter by kind. One row per kind."""
    own, every = (each_of(one, "quarter_learning", "kind") for one in (month, whole_of(month)))
    rows = [[at_first(kind), _tally(own, kind), _tally(every, kind)] for kind in sorted({*own, *every})]
    return beside(month, rows, "Learning events")


def _tally(found: Mapping[str, Figure], name: str) -> str:
    return f"{found[name].value:,.0f}" if name in found else "0"


def evidence_table(month: Month) -> DataFrame:
    """Each theme with any evidence, and the plans that it feeds by the council's tags. One row per theme."""
    tags = month.rules.own.plans.theme_tags
    rows = [
        [subject(month, code), ", ".join(tags.get(code, ())) or "no plan named", *cells]
        for code, cells in _evidence(month).items()
    ]
    columns = ["Theme", "Feeds", "Headline audits of the year with it", "Wider actions completed, of those agreed",
               "Learning events"]  # fmt: skip
    return DataFrame(rows, columns=columns)


def _evidence(month: Month) -> dict[str, list[str]]:
    """What there is on each theme: those that the council tags first, then those that anything was done about."""
    found = {one.group[0]: one for one in themes(month, "development")}
    done, taught = (each_of(month, name, "theme_code") for name in ("quarter_wider_actions", "quarter_learning_themes"))
    tagged = month.rules.own.plans.theme_tags
    codes = [*tagged, *sorted({*done, *taught} - set(tagged))]
    return {
        code: [_in_audits(month, code, found), of_whole(done[code]) if code in done else "None", _tally(taught, code)]
        for code in codes
    }


def _in_audits(month: Month, code: str, found: Mapping[str, Figure]) -> str:
    """In how many audits a prompt was found lacking; an audit theme is what audits were about, and nothing found."""
    if code in month.rules.themes:
        return "A theme of audits"
    return share_of(found[code]) if code in found else "Too few to show"


def subject(month: Month, code: str) -> str:
    """What a theme is called: an audit theme by its name, a prompt by what it is called where it is lacking."""
    return month.rules.themes[code] if code in month.rules.themes else prompt_title(month, code, "development")
