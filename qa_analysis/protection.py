"""How counts are protected in the shared edition, as framework.yaml says it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from qa_analysis.errors import WrongUse

FEWEST_ALIKE = 4  # counts that look alike in the shared edition: any printed one may lie three from another


@dataclass(frozen=True)
class Protection:
    """How counts are protected in the shared edition (docs/decisions/016)."""

    hidden_to: int  # counts from one to this are not given
    nearest: int  # all others to the nearest of these
    share_from: int  # a share is given of at least so many
    share_step: int  # per cent: shares are whole steps of these, never none and never all

    def rounded(self, tally: int) -> int:
        """The count to the nearest step; half-way goes up."""
        return (2 * tally + self.nearest) // (2 * self.nearest) * self.nearest


def protection(entry: Mapping[str, Any]) -> Protection:
    """The protection of the shared edition.

    Raises:
        WrongUse: a part is missing, unknown or no whole number, or the parts together would not protect.
    """
    parts = [field.name for field in fields(Protection)]
    if stray := sorted(set(entry) ^ set(parts)):
        raise WrongUse(f'framework.yaml: shared_edition holds {", ".join(parts)} and no more; look at "{stray[0]}"')
    if wrong := [part for part in parts if type(entry[part]) is not int]:
        raise WrongUse(f"framework.yaml: {wrong[0]} of shared_edition is not a whole number: {entry[wrong[0]]}")
    found = Protection(**entry)
    if fault := _too_weak(found):
        raise WrongUse(f"framework.yaml: shared_edition would not protect: {fault}")
    return found


def _too_weak(held: Protection) -> str:
    """Why a protection would not protect, if it would not: whatever is printed, a count may be any of four or more."""
    if min(held.hidden_to, held.nearest) < FEWEST_ALIKE:
        return f"hidden_to and nearest must be {FEWEST_ALIKE} or more, or a count could be known"
    if held.rounded(held.hidden_to) == held.rounded(held.hidden_to + 1):
        return (
            f"with counts to {held.hidden_to} hidden and the others to the nearest {held.nearest}, "
            f"{held.rounded(held.hidden_to)} could only be a few counts; take hidden_to 7 with nearest 5"
        )
    if held.share_from < held.hidden_to + held.nearest:
        return f"share_from must be {held.hidden_to + held.nearest} or more, well above the counts that are hidden"
    if held.share_step < 1 or 100 % held.share_step or held.share_step > 25:
        return "share_step must divide 100%: 1, 2, 4, 5, 10, 20 or 25"
    return ""
