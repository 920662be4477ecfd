"""What is really true of the synthetic council: the changes a good analysis should find."""

from dataclasses import dataclass, replace

from qa_analysis.data.synthetic.era import months_apart
from qa_analysis.dates import months_after


@dataclass(frozen=True)
class Planted:
    """The truths planted in the council, in cycles and codes."""

    auditors_widened: str = "2022-12"  # managers audit from this cycle and are more lenient than the improvement team

    improved_area: str = "assessment"
    improves_from: str = "2022-12"  # the last cycle before the learning programme
    improved_by: str = "2023-06"  # the whole gain has come; it lasts
    improvement: float = 1.85  # on the latent scale, whose spread between audits is about one
    missed_learning_share: float = 0.4  # of the gain reaches teams that took no part in the learning

    worsened_area: str = "supervision_oversight"
    worsens_from: str = "2023-09"  # the last cycle before the fall
    worsened_by: str = "2024-03"  # the whole fall has come; it lasts
    worsening: float = 1.2

    emerging_code: str = "4.4"  # handover between workers
    emerging_area: str = "relationships_direct_work"
    emerges_from: str = "2024-02"  # rare before; the last six of 26 cycles
    emerging_share: float = 0.4  # audits with it once it has emerged, coded or not

    persistent_codes: tuple[str, ...] = ("1.4", "2.2", "6.6")  # areas for development in every cycle
    auditor_optimism: float = 0.55  # how much better than the panel managers grade, on the latent scale
    improvement_team_optimism: float = 0.3

    def lift(self, area: str, month: str, *, took_part: bool) -> float:
        """How much better an area is in a cycle than at the start, on the latent scale."""
        if area == self.improved_area:
            gain = self.improvement * (1 if took_part else self.missed_learning_share)
            return gain * _ramp(month, self.improves_from, self.improved_by)
        if area == self.worsened_area:
            return -self.worsening * _ramp(month, self.worsens_from, self.worsened_by)
        return 0.0

    def emergence(self, month: str) -> float:
        """The share of audits that find the emerging theme: half of it in its first cycle, all from the second."""
        before, second = (months_after(self.emerges_from, months) for months in (-1, 1))
        return self.emerging_share * _ramp(month, before, second)


def planted(first_cycle: str = "2022-06") -> Planted:
    """The truths of a council that begins with another cycle: the same distance into it."""
    shift = months_apart("2022-06", first_cycle)
    return replace(
        PLANTED,
        improves_from=months_after(PLANTED.improves_from, shift),
        improved_by=months_after(PLANTED.improved_by, shift),
        worsens_from=months_after(PLANTED.worsens_from, shift),
        worsened_by=months_after(PLANTED.worsened_by, shift),
        emerges_from=months_after(PLANTED.emerges_from, shift),
    )


def _ramp(month: str, start: str, full: str) -> float:
    """0 to the start, 1 from the full month, a straight line between."""
    return min(1.0, max(0.0, months_apart(start, month) / months_apart(start, full)))


PLANTED = Planted()
