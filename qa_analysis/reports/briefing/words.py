"""The briefing in plain sentences. Every number is a rounded one of the shared edition."""

from collections.abc import Mapping
from typing import Final

from qa_analysis.english import at_first, in_a_sentence, listed
from qa_analysis.measures.closing_the_loop.verdicts import WORSE
from qa_analysis.measures.figure import Figure, figures_of
from qa_analysis.month.shared import SharedMonth, is_said, place
from qa_analysis.telling.claims import reserve
from qa_analysis.telling.open_questions import of_development
from qa_analysis.telling.shared_words import (
    Found,
    Side,
    about,
    about_percent,
    good_line,
    in_practice,
    in_short,
    in_words,
    label,
    part,
    quarter,
    themes,
)
from qa_analysis.telling.wording import percent

SHOWN: Final = 3  # themes a side: what can be kept in mind after seven minutes, and stands on two sides of A4
MORE: Final = 1  # themes a side that are named after those
SHARES: Final = 1  # key areas whose change is told with both shares; where more changed, they are told by name
STAND_OUT: Final = 2  # key areas that may be furthest from the whole together: with more, none stands out
APART: Final = 0.10  # how far a key area lies from the overall share before it is named

ASKED: Final = 3
ALWAYS_ASKED: Final = "What has a child, a family or an audit taught you lately, and what did you do with it?"

AND: Final = ", and "  # key areas are set off by a comma, since a name may hold an "and"

BETTER, CLEARLY_WORSE = "Clearly better than six months ago", "Clearly worse than six months ago"
HIGHER, LOWER = "Higher than six months ago", "Lower than six months ago"  # why no more is said follows once
LEADS: Final = {(False, False): BETTER, (False, True): HIGHER, (True, False): CLEARLY_WORSE, (True, True): LOWER}

Point = tuple[str, str]  # the words in bold, and what follows


def how_to_read(month: SharedMonth) -> str:
    """That grades are the auditors' own, that figures are rounded, and that nobody can be identified by them."""
    panel = month.told("shared_moderated")
    some = f"about {percent(panel.value)} of these audits" if panel and panel.is_given else "some of these audits"
    panel_too = f" A moderation panel also graded {some}, and it does not always agree."
    return (
        f"Grades are the auditors' own judgements.{panel_too if 'moderations' in month.supplied else ''} Counts are "
        f"rounded to the nearest {month.rules.shared_edition.nearest}, and small ones are left out, so that no child, "
        "family or worker can be identified. This is about practice, not about any one person."
    )


def areas_ahead(month: SharedMonth) -> list[str]:
    """The key areas graded well more often than practice as a whole; nothing where none stands out."""
    return _areas(month, +1, "Of the six key areas, practice was strongest in {areas}.")


def areas_behind(month: SharedMonth) -> list[str]:
    """The key areas graded well less often than practice as a whole; nothing where none stands out."""
    return _areas(month, -1, "Of the six key areas, practice most needs to improve in {areas}.")


def _areas(month: SharedMonth, way: int, sentence: str) -> list[str]:
    """The key areas furthest from the whole one way, where they lie apart from it and are not too many to stand out."""
    whole = month.told("shared_good_or_better")
    if whole is None or not whole.is_given:
        return []
    found = {
        title: told
        for area, title in month.rules.key_areas.items()
        if (told := month.told("shared_good_or_better", by="key_area", group=area)) and is_said(told)
    }
    apart = [title for title, told in found.items() if way * (place(told) - whole.value) > APART - 0.001]
    furthest = max((way * place(found[title]) for title in apart), default=0.0)
    named = [title for title in apart if way * place(found[title]) == furthest]
    if not 0 < len(named) <= STAND_OUT:
        return []
    each = "each " if len(named) > 1 else ""
    areas = listed([in_a_sentence(title) for title in named], AND)
    return [sentence.format(areas=f"{areas} ({each}{in_words(found[named[0]])} good or better)")]


def strength_points(month: SharedMonth) -> list[Point]:
    """The strengths found most, each with what good looks like."""
    return [
        (f"{label(month, found.code, 'strength')}.", f"{good_line(month, found.code)} {_seen(found)}")
        for found in themes(month, "strength")[:SHOWN]
    ]


def _seen(found: Found) -> str:
    """In how many audits a strength was seen; and that it was found the other way too, where it was."""
    seen = f"Auditors saw this done well in {about(found.audits)} audits"
    return f"{seen}, and as an area for development in {about(found.other_way)}." if found.other_way else f"{seen}."


def development_points(month: SharedMonth) -> list[Point]:
    """The areas for development found most, each with one thing to do differently."""
    return [
        (
            f"{label(month, found.code, 'development')}.",
            f"{in_practice(month, found.code)} This came up in {about(found.audits)} audits.",
        )
        for found in themes(month, "development")[:SHOWN]
    ]


def team_questions(month: SharedMonth) -> list[str]:
    """Open questions on what came up most; where nothing could be told, one that always helps."""
    found = [theme.code for theme in themes(month, "development")[:ASKED]]
    return [of_development(code, label(month, code, "development")) for code in found] or [ALWAYS_ASKED]


def more_strengths(month: SharedMonth) -> list[str]:
    """The strengths found most often after those."""
    others = [in_short(month, found.code) for found in _more(month, "strength")]
    return [f"Also done well: {'; '.join(others)}."] if others else []


def more_developments(month: SharedMonth) -> list[str]:
    """The areas for development found most often after those."""
    others = [in_a_sentence(label(month, found.code, "development")) for found in _more(month, "development")]
    return [f"Also for development: {'; '.join(others)}."] if others else []


def _more(month: SharedMonth, side: Side) -> list[Found]:
    """The themes that are named after those told in full."""
    return themes(month, side)[SHOWN : SHOWN + MORE]


def changed(month: SharedMonth) -> list[str]:
    """What changed since six months ago for certain; where nothing did, that it is too early to say."""
    then = month.told("shared_good_or_better", period=month.then)
    now = month.told("shared_good_or_better")
    if not (then and now and is_said(then) and is_said(now)):
        return ["There are too few audits, now or six months ago, to say whether practice has changed."]
    was = f"Overall, {part(then, 'audits')} were good or better in {quarter(month.then)}"
    return [
        f"{was}, {_since(month, then, now)}",
        *(_area_changed(month) or ["No key area shows a change that is clear enough to tell in rounded figures."]),
        *_qualified(month),
        "New ways of working take time to show. That is why we audit again after six months.",
    ]


def _since(month: SharedMonth, then: Figure, now: Figure) -> str:
    """How it is now, and whether that is a change; where a word stands for a number, that is left open."""
    if place(then) == place(now):
        return "and in rounded figures it is the same now."
    unsure = " In rounded figures that is not clear enough to tell." if then.is_given and now.is_given else ""
    return f"and {in_words(now)} are now.{_verdict(month, '', '') or unsure}"


def _area_changed(month: SharedMonth) -> list[str]:
    """The key areas that changed for certain: one with both shares, several by name."""
    areas = {area: title for area, title in month.rules.key_areas.items() if _verdict(month, "key_area", area)}
    if len(areas) > SHARES:
        return _changed_by_name(month, areas)
    return [line for area, title in areas.items() for line in _changed_with_shares(month, area, title)]


def _changed_with_shares(month: SharedMonth, area: str, title: str) -> list[str]:
    """A key area that changed, with how it was and how it is."""
    sides = [
        month.told("shared_good_or_better", by="key_area", group=area, period=period)
        for period in (month.then, month.now)
    ]
    if not all(sides):
        return []
    then, now = (about_percent(side.value) for side in sides if side)
    return [f"{title}: {then} were good or better then, and {now} are now.{_verdict(month, 'key_area', area)}"]


def _changed_by_name(month: SharedMonth, areas: Mapping[str, str]) -> list[str]:
    """The key areas that changed, by name alone: those that rose, then those that fell."""
    named: dict[str, list[str]] = {lead: [] for lead in LEADS.values()}
    for area, title in areas.items():
        if found := month.told("shared_verdict", by="key_area", group=area):
            named[LEADS[found.verdict == WORSE, bool(found.reasons)]].append(in_a_sentence(title))
    return [f"{lead}: {listed(titles, AND)}." for lead, titles in named.items() if titles]


def _verdict(month: SharedMonth, by: str, group: str) -> str:
    """What is claimed of a grade, in words; nothing where nothing can be."""
    found = month.told("shared_verdict", by=by, group=group)
    if found is None:
        return ""
    if found.reasons:
        return f" That is {'lower' if found.verdict == WORSE else 'higher'}."
    if found.verdict == WORSE:
        return " That is a clear drop, and managers are looking into what lies behind it."
    return " That is a clear improvement: thank you."


def _qualified(month: SharedMonth) -> list[str]:
    """Why then and now are not like for like, said once."""
    claims = [claim for by in ("", "key_area") for claim in figures_of(month.over_time("shared_verdict", by=by))]
    breaks = month.over_time("shared_break", by="reason")["group"]
    reasons = dict.fromkeys([*breaks, *(reason for claim in claims for reason in claim.reasons)])
    return [f"{reserve(list(reasons))}."] if reasons else []


def in_time(month: SharedMonth) -> list[Point]:
    """How many actions were done in their forty days, and what to do where one is stuck."""
    told = month.told("shared_actions_in_time")
    days = f"{month.rules.action_days} {month.rules.action_calendar} days"
    manager = month.rules.council.post("Team Manager")
    ask = f"If one of yours is stuck, tell your {manager} early, so that they can help to remove the barrier."
    share = at_first(part(told, "actions due in these months"))
    return [
        (
            "Actions.",
            f"{share} were completed within {days}. {ask}"
            if share
            else f"Each should be completed within {days}. {ask}",
        )
    ]


def spoken_to(month: SharedMonth) -> list[Point]:
    """In how many audits a family told how it was for them, and how a practitioner can help."""
    told = month.told("shared_families_spoken_to")
    ask = "Before an audit, tell the family who will ring and why. Their view is what matters most."
    share = part(told, "audits")
    return [("Families.", f"In {share} a family member spoke with the auditor. {ask}" if share else ask)]
