"""What may be claimed of a change, by rules settled before the grades are in (docs/decisions/010 and 019).

This is the one place that decides it: every edition words the claims of `loop_verdict`, and none makes its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan

from qa_analysis.data.tables import Tables
from qa_analysis.framework import Rules
from qa_analysis.measures import family
from qa_analysis.measures.audits.breaks import NOT_COMPARABLE, OTHER_THEMES
from qa_analysis.measures.closing_the_loop.change_by_panel import changes_by_panel
from qa_analysis.measures.closing_the_loop.like_for_like import same_auditors
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import TOO_FEW_TO_JUDGE, Figure, estimated, several
from qa_analysis.measures.grades.grades import Area
from qa_analysis.measures.grades.windows import Window, graded_sides, windows
from qa_analysis.measures.populations import LEAD
from qa_analysis.stats.estimate import Estimate
from qa_analysis.stats.proportions import holm, newcombe

IMPROVING, WORSE = "improving", "worse"
EMBEDDED, SUSTAINED = "embedded", "embedded, sustained"
LITTLE, UNCLEAR = "little or no change", "no clear evidence of change"
CLAIMS = (IMPROVING, WORSE, EMBEDDED)  # of a change, and so only made without reserve where like is held to like
WORTH_TELLING = (*CLAIMS, SUSTAINED)  # what a title names: a change, or that one has lasted
NOT_THE_SAME_AUDITORS = "too few audits were by the same auditors"
SAME_AUDITORS_DOUBT = "those who audited in both periods do not show it"
BY_PANEL = "moderated grades show the same"
NARROW = 0.90  # level of the interval that must lie within the margin for "little or no change"

Sides = tuple[int, int, int, int]  # good and graded now, good and graded then


@dataclass(frozen=True)
class Claim:
    """What may be claimed of a change: the word, what qualifies it, and whether the panel's standard bears it out."""

    verdict: str
    reasons: tuple[str, ...] = ()
    is_borne_out: bool = False

    @property
    def note(self) -> str:
        """The claim as a table of figures writes it: "worse, not directly comparable: the audit form changed"."""
        if not self.reasons:
            return self.verdict
        said = [*self.reasons, BY_PANEL] if self.is_borne_out else self.reasons
        return f"{self.verdict}, {NOT_COMPARABLE}: {'; '.join(said)}"

    def on(self, figure: Figure) -> Figure:
        """The figure with this said of it."""
        return figure.but(verdict=self.verdict, reasons=self.reasons, note=self.note)

    @classmethod
    def of(cls, figure: Figure) -> "Claim":
        """The claim that a figure carries."""
        return cls(figure.verdict, figure.reasons, is_borne_out=figure.note.endswith(BY_PANEL))


@declares(
    Measure(
        "loop_verdict",
        title="Verdict on the change in six months",
        family=family.SIX_MONTHS_ON,
        counts="what may be said (in the note) of the change in each grade between the last three cycles and the "
        "three six months before; the value is the p-value after Holm's correction over the seven grades",
        by="key_area",
        limits="under ten graded audits in either period are too few to judge; says that a grade changed, not why",
        unit="p-value",
        compares_periods=True,
    ),
)
def verdicts(tables: Tables) -> list[Figure]:
    """The verdict on the overall grade and on each key area. One figure per area: its value is Holm's p-value.

    Only the comparison named in advance has any; the family of seven errs together at most one time in twenty.
    """
    window = windows(tables)[LEAD]
    if window.now.empty or window.then.empty:
        return []
    sides = _sides(tables, window)
    said = claims(tables, window, sides)
    adjusted = dict(zip(sides, holm([newcombe(*side).p for side in sides.values()]), strict=True))
    method = f"Newcombe's p after Holm; {window.words}"
    tested = {
        area: Estimate(float(adjusted[area]), nan, nan, side[1] + side[3], method=method)
        for area, side in sides.items()
    }
    return [
        said[by, group].on(
            estimated("loop_verdict", p, unit="p-value", period=tables.month, population=LEAD, by=by, group=group)
        )
        for (by, group), p in tested.items()
    ]


def claims(tables: Tables, window: Window, sides: Mapping[Area, Sides]) -> Mapping[Area, Claim]:
    """The verdict of each area, with what stands in the way of a claim where something does."""
    p_values = holm([newcombe(*side).p for side in sides.values()])
    before, alike = earlier_verdicts(tables), same_auditors(tables, window)
    alike_p = dict(zip(alike, holm([found.p for found in alike.values()]), strict=True))
    by_panel = changes_by_panel(tables, window)
    said = {}
    for (area, side), p in zip(sides.items(), p_values, strict=True):
        word = verdict(side, float(p), tables.rules, before=before.get(area, ""))
        reasons = () if word == TOO_FEW_TO_JUDGE else window.breaks
        if word in CLAIMS and not reasons:
            reasons = several(doubt(side, alike[area], float(alike_p[area]), tables.rules))
        is_borne_out = word in CLAIMS and OTHER_THEMES not in reasons and _is_borne_out(side, by_panel[area])
        said[area] = Claim(word, reasons, is_borne_out=is_borne_out)
    return said


def verdict(sides: Sides, p: float, rules: Rules, *, before: str = "") -> str:
    """What may be said of one change: counts good and graded, now and then, and its p-value after Holm.

    `before` is the verdict of six months ago, which a change that has come may only sustain.
    """
    good, now, _, then = sides
    found = newcombe(*sides)
    target, share = rules.good_or_better_target, good / now if now else 0.0
    if min(now, then) < rules.verdict_from:
        return TOO_FEW_TO_JUDGE
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
    month = tables.rules.cycle_before(tables.month)
    then = Tables(month, tables.as_at, tables.rules.of(month), tables.frames)
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


def _is_borne_out(sides: Sides, by_panel: Estimate) -> bool:
    """Whether the panel's standard shows the same change: then that is what carries the claim."""
    return by_panel.lower > 0 if _way(sides) > 0 else by_panel.upper < 0


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
