"""Whether records are selected as often as their recorded chance says: ten thousand draws of the synthetic council.

    python benchmarks/draw_fairness.py [--draws 10000]

The frame is that of July 2024, with the key workers and children audited before it. For every stratum the records that
share a chance should differ by no more than chance does (chi-square, for many draws: the variance of a contrast is
that of the design), and the audits of the stratum should average what it is due (the largest departure, in standard
errors, held against what so many strata show by chance). Preferences must be kept in every draw.
"""

import argparse
from math import floor

import numpy as np
from scipy import stats

from qa_analysis.data.synthetic import council
from qa_analysis.draw.asked import asked_for
from qa_analysis.draw.drawing import draw
from qa_analysis.draw.frame import Frame, frame_of
from qa_analysis.framework import rules_for

MONTH = "2024-07"


def main() -> None:
    """Counts, the two tests, and what became of the preferences."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=10_000)
    draws = parser.parse_args().draws
    frame = framed()
    taken, gave_way, short = simulated(frame, draws)
    able = int(frame.records["exclusion"].eq("").sum())
    print(f"{len(frame.records):,} records, {able:,} can be selected, {frame.allocation.size} audits, {draws:,} draws")
    statistic, freedom = contrasts(frame, taken, draws)
    print(f"within strata: chi-square {statistic:,.1f} on {freedom:,} degrees of freedom, "
          f"p = {stats.chi2.sf(statistic, freedom):.3f}")  # fmt: skip
    departure, strata = totals(frame, taken, draws)
    print(f"strata: largest departure {departure:.2f} standard errors of {strata}, "
          f"p = {min(1.0, strata * 2 * stats.norm.sf(departure)):.3f}")  # fmt: skip
    print(f"draws that selected a key worker of the last cycle: {gave_way:,}; that missed a service: {short:,}")
    print(f"selected though their chance is zero: {int(taken[frame.records['inclusion_probability'].eq(0)].sum()):,}")


def framed() -> Frame:
    """The frame of the synthetic council."""
    frames, rules = council(), rules_for(MONTH)
    asked = asked_for(MONTH, frames["audit_plan"], rules)
    return frame_of(frames["caseload"], frames["audits"], asked=asked, rules=rules)


def simulated(frame: Frame, draws: int) -> tuple[np.ndarray, int, int]:
    """How often each record was selected; in how many draws a preference gave way, or a service had no audit."""
    taken, gave_way, short = np.zeros(len(frame.records), dtype=int), 0, 0
    services = frame.records.loc[frame.records["exclusion"].eq(""), "service_area"].nunique()
    for number in range(draws):
        made = draw(frame, f"draw {number}")
        taken += made.records["outcome"].eq("drawn").to_numpy()
        gave_way += bool(made.drawn["gave_way"].ne("").any())
        short += made.drawn["service_area"].nunique() < services
    return taken, gave_way, short


def contrasts(frame: Frame, taken: np.ndarray, draws: int) -> tuple[float, int]:
    """The differences between records that share a chance, in their variance; and how many are free."""
    statistic, freedom = 0.0, 0
    for name, stratum in frame.allocation.strata.items():
        is_in = (frame.records["stratum"].eq(name) & frame.records["inclusion_probability"].gt(0)).to_numpy()
        records, due = int(is_in.sum()), float(stratum.due)
        if records < 2 or due == 0:
            continue
        whole = floor(stratum.due)
        pairs = whole * (whole - 1) + 2 * whole * (due - whole)  # the mean of n(n - 1)
        variance = due / records - pairs / (records * (records - 1))
        statistic += ((taken[is_in] - taken[is_in].mean()) ** 2).sum() / (draws * variance)
        freedom += records - 1
    return statistic, freedom


def totals(frame: Frame, taken: np.ndarray, draws: int) -> tuple[float, int]:
    """The largest departure of a stratum's audits from what it is due, in standard errors; and of how many strata."""
    departures = []
    for name, stratum in frame.allocation.strata.items():
        part = float(stratum.due - floor(stratum.due))
        if 0 < part < 1:
            number = taken[frame.records["stratum"].eq(name).to_numpy()].sum()
            departures.append(abs(number - draws * float(stratum.due)) / np.sqrt(draws * part * (1 - part)))
    return float(max(departures)), len(departures)


if __name__ == "__main__":
    main()
