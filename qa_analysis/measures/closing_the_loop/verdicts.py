"""What may be said of a change, by rules settled before the grades are in (docs/methods.md, decision 010)."""

from collections.abc import Mapping

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_after
from qa_analysis.framework import Rules, rules_for
from qa_analysis.measures.closing_the_loop.change_by_panel import changes_by_panel
from qa_analysis.measures.closing_the_loop.like_for_like import breaks_between, same_auditors
from qa_analysis.measures.closing_the_loop.windows import Area, Window, graded_sides, windows
from qa_analysis.measures.figure import Row, estimated
from qa_analysis.measures.populations import LEAD
from qa_analysis.stats.estimate import Estimate
from qa_analysis.stats.proportions import holm, newcombe

FEW, IMPROVING, WORSE = "too few to judge", "improving", "worse"
EMBEDDED, SUSTAINED = "embedded", "embedded, sustained"
LITTLE, UNCLEAR = "little or no change", "no clear evidence of change"
CLAIMS = (IMPROVING, WORSE, EMBEDDED)
UNLIKE = ", not like for like: "  # between a claim and what stands in its way
NOT_THE_SAME_AUDITORS = "too few audits by the same auditors"
SAME_AUDITORS_DOUBT = "not seen by the auditors of both periods"
BY_PANEL = "; by the panel's standard it is so too"
NARROW = 0.90  # level of the interval that must lie within the margin for "little or no change"

Sides = tuple[int, int, int, int]  # good and graded now, good and graded then


def verdicts(tables: Tables) -> list[Row]:
    """The verdict on the overall grade and on each key area. One figure per area: its value is Holm's p-value.

    Only the comparison named in advance has any; the family of seven errs together at most one time in twenty.
    """
    window = windows(tables)[LEAD]
    if window.now.empty or window.then.empty:
        return []
    sides = _sides(tables, window)
    said = claims(tables, window, sides)
    adjusted = dict(zip(sides, holm([newcombe(*side).p for side in sides.values()]), strict=True))
    return [
        estimated(
            "loop_verdict", Estimate(float(adjusted[by, group]), float("nan"), float("nan"), side[1] + side[3]),
            unit="p-value", period=tables.month, population=LEAD, by=by, group=group,
        )
        | {"method": f"Newcombe's p after Holm; {window.words}", "note": said[by, group]}
        for (by, group), side in sides.items()
    ]  # fmt: skip


def claims(tables: Tables, window: Window, sides: Mapping[Area, Sides]) -> Mapping[Area, str]:
    """The verdict of each area in words, with what stands in the way of a claim where something does."""
    p_values = holm([newcombe(*side).p for side in sides.values()])
    before, alike = earlier_verdicts(tables), same_auditors(tables, window)
    alike_p = dict(zip(alike, holm([found.p for found in alike.values()]), strict=True))
    unlike, by_panel = "; ".join(breaks_between(tables, window)), changes_by_panel(tables, window)
    said = {}
    for (area, side), p in zip(sides.items(), p_values, strict=True):
        word = verdict(side, float(p), tables.rules, before=before.get(area, ""))
        reason = (unlike or doubt(side, alike[area], float(alike_p[area]), tables.rules)) if word in CLAIMS else ""
        said[area] = f"{word}{UNLIKE}{reason}{_borne_out(side, by_panel[area])}" if reason else word
    return said


def verdict(sides: Sides, p: float, rules: Rules, *, before: str = "") -> str:
    """What may be said of one change: counts good and graded, now and then, and its p-value after Holm.

    `before` is the verdict of six months ago, which a change that has come may only sustain.
    """
    good, now, _, then = sides
    found = newcombe(*sides)
    target, share = rules.good_or_better_target, good / now if now else 0.0
    if min(now, then) < rules.verdict_from:
        return FEW
    if p < 1 - rules.confidence and found.value < 0:
        return WORSE
    if p < 1 - rules.confidence:
        return EMBEDDED if target is not None and share >= target else IMPROVING
    narrow = newcombe(*sides, level=NARROW)
    if before in (EMBEDDED, SUSTAINED, IMPROVING) and target is not None and share >= target:
        return SUSTAINED if narrow.lower > -rules.change_margin else UNCLEAR
    return LITTLE if max(-narrow.lower, narrow.upper) < rules.change_margin else UNCLEAR


def earlier_verdicts(tables: Tables) -> Mapping[Area, str]:
    """The verdicts of six months ago, by area, from today's data; none where no target makes use of them."""
    if tables.rules.good_or_better_target is None:
        return {}
    month = months_after(tables.month, -tables.rules.revisit_months)
    then = Tables(month, tables.as_at, rules_for(month), tables.frames)
    window = windows(then)[LEAD]
    if window.now.empty or window.then.empty:
        return {}
    sides = _sides(then, window)
    p_values = holm([newcombe(*side).p for side in sides.values()])
    return {
        area: verdict(side, float(p), tables.rules) for (area, side), p in zip(sides.items(), p_values, strict=True)
    }


def _sides(tables: Tables, window: Window) -> dict[Area, Sides]:
    return {
        label: (int(now["is_good"].sum()), len(now), int(then["is_good"].sum()), len(then))
        for label, _, now, then in graded_sides(tables, window)
    }


def _borne_out(sides: Sides, by_panel: Estimate) -> str:
    """That the panel's standard shows the same change, where it does: then that is what carries the claim."""
    is_up = _way(sides) > 0
    return BY_PANEL if (by_panel.lower > 0 if is_up else by_panel.upper < 0) else ""


def _way(sides: Sides) -> float:
    """The later share less the earlier."""
    good, now, good_then, then = sides
    return good / now - good_then / then


def doubt(sides: Sides, alike: Estimate, p: float, rules: Rules) -> str:
    """Why the auditors of both periods do not bear the change out, if they do not; `p` is theirs, after Holm.

    Without the correction newcomers who are harsher would have a change claimed in one report of ten.
    """
    if alike.note or alike.n < 2 * rules.verdict_from:
        return NOT_THE_SAME_AUDITORS
    is_seen = p < 1 - rules.confidence and (alike.value > 0) == (_way(sides) > 0)
    return "" if is_seen else SAME_AUDITORS_DOUBT
