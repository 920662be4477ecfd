"""How long a draw takes, and how much memory, for a council's caseload and for a million records.

    python benchmarks/draw_speed.py [--records 5000 1000000]

One table: records, seconds for the frame, for its fingerprint, for the draw, for holding it against the record, and the
most memory that the process held at any time.
"""

import argparse
import resource
import time

import numpy as np
import pandas as pd
from pandas import DataFrame

from qa_analysis.draw.asked import Asked
from qa_analysis.draw.drawing import counts, draw, selected
from qa_analysis.draw.frame import frame_of
from qa_analysis.draw.record import digest, fixed_rows
from qa_analysis.framework import rules_for

MONTH, SEED = "2023-07", "31415926535897932384"
STATUSES = ("CIN", "CP", "CLA", "care leaver", "early help", "fostering")
RECORDS_OF_A_TEAM, RECORDS_OF_A_WORKER, TEAMS_OF_A_SERVICE = 60, 15, 20


def main() -> None:
    """The table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, nargs="+", default=[5_000, 1_000_000])
    print(f"{'records':>10}{'frame s':>9}{'digest s':>10}{'draw s':>8}{'check s':>9}{'all s':>8}{'peak MB':>9}")
    for number in parser.parse_args().records:
        caseload, audits = made(number)
        timed(caseload, audits)
        del caseload, audits


def timed(caseload: DataFrame, audits: DataFrame) -> None:
    """One line of the table."""
    rules = rules_for(MONTH)
    asked = Asked(MONTH, {"neglect": len(caseload) // 50, "supervision": len(caseload) // 50},
                  {"neglect": rules.theme_statuses["neglect"], "supervision": ()})  # fmt: skip
    marks = [time.perf_counter()]
    frame = frame_of(caseload, audits, asked=asked, rules=rules)
    marks.append(time.perf_counter())
    digest(fixed_rows(frame), "nonce")
    marks.append(time.perf_counter())
    drawn = draw(frame, SEED)
    marks.append(time.perf_counter())
    due = {name: stratum.due for name, stratum in frame.allocation.strata.items()}
    again = selected(frame.records, counts(due, SEED), SEED, share=rules.moderation_share)
    assert again["outcome"].equals(drawn.records["outcome"])
    marks.append(time.perf_counter())
    steps = np.diff(marks)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(caseload):>10,}{steps[0]:>9.2f}{steps[1]:>10.2f}{steps[2]:>8.2f}{steps[3]:>9.2f}"
          f"{steps[:3].sum():>8.2f}{peak:>9,.0f}")  # fmt: skip


def made(number: int) -> tuple[DataFrame, DataFrame]:
    """A caseload of so many records in teams of sixty, and audits of the year before of one record in ten."""
    chance, place = np.random.default_rng(2023), np.arange(number)
    team = place // RECORDS_OF_A_TEAM
    worker = place // RECORDS_OF_A_WORKER
    blank = pd.Series("", index=place, dtype="str")
    caseload = DataFrame(
        {
            "snapshot_on": pd.Timestamp("2023-06-30"),
            "child_id": pd.Series(place).map("{:08d}".format),
            "case_status": chance.choice(STATUSES, number),
            "age_band": chance.choice(["0-4", "5-9", "10-15", "16+"], number),
            "service_area": pd.Series(team // TEAMS_OF_A_SERVICE).map("Service {}".format),
            "team": pd.Series(team).map("Team {}".format),
            "key_worker_id": pd.Series(worker).map("W{}".format),
            "team_manager_id": pd.Series(team).map("M{}".format),
            "service_manager_id": pd.Series(team // TEAMS_OF_A_SERVICE).map("S{}".format),
            "reviewing_officer_id": blank,
            "reviewing_officer_role": blank,
            "sibling_group": pd.Series(place // 2).map("F{}".format).where(place % 3 == 0, ""),
            "is_restricted": chance.random(number) < 0.01,
        }
    )
    audited = caseload.sample(number // 10, random_state=1)
    months = pd.period_range("2022-07", "2023-06", freq="M").astype("str")
    return caseload, audited[["child_id", "key_worker_id"]].assign(cycle_month=chance.choice(months, len(audited)))


if __name__ == "__main__":
    main()
