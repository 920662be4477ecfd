"""What is asked of a draw: how many audits of which theme, and whose records each theme is about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from pandas import DataFrame

from qa_analysis.draw.canonical import canonical
from qa_analysis.draw.rounding import by_remainder
from qa_analysis.errors import WrongUse
from qa_analysis.framework import Rules


@dataclass(frozen=True)
class Asked:
    """The audits asked for in a cycle, by theme in code-point order; and the case statuses of each theme, if named."""

    month: str
    sizes: Mapping[str, int]
    statuses: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many audits in all."""
        return sum(self.sizes.values())


def asked_for(month: str, plan: DataFrame | None, rules: Rules, *, size: int | None = None) -> Asked:
    """The plan's audits of a cycle, or so many as are asked for, shared as the plan does between its themes.

    Where there is no plan of the cycle, the draw is of every open record, and of as many as the rule says.

    Raises:
        WrongUse: no audit is asked for.
    """
    planned = _planned(plan, month)
    notes = () if planned else (f"The plan has no audits for {month}: records of every kind can be selected.",)
    sizes = planned or {"": rules.draw_size}
    if (size is not None and size < 1) or not any(sizes.values()):
        raise WrongUse("No audit is asked for. Give --size 1 or more, or the plan's number of audits.")
    if size is not None:
        sizes = _shared(size, sizes)
    sizes = {theme: sizes[theme] for theme in sorted(sizes) if sizes[theme]}
    return Asked(month, sizes, statuses_of(sizes, rules), notes)


def statuses_of(themes: Iterable[str], rules: Rules) -> dict[str, tuple[str, ...]]:
    """Whose records each theme is about; none named where it is about every record. Theme -> case statuses."""
    return {theme: tuple(rules.theme_statuses.get(theme, ())) for theme in themes}


def _planned(plan: DataFrame | None, month: str) -> dict[str, int]:
    """The planned audits of a cycle, by theme; none where the plan says none."""
    if plan is None:
        return {}
    rows = plan[plan["cycle_month"].eq(month) & plan["planned_audits"].gt(0).fillna(False)]
    themes = canonical(rows["theme_code"])
    return {str(theme): int(size) for theme, size in rows["planned_audits"].groupby(themes).sum().items()}


def _shared(size: int, sizes: Mapping[str, int]) -> dict[str, int]:
    """So many audits, shared between themes as the plan does: whole ones first, then by the largest remainders."""
    whole = sum(sizes.values())
    exact = {theme: Fraction(size * held, whole) for theme, held in sizes.items()}
    return by_remainder(exact, size)
