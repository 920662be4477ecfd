"""Proves a recorded draw with plain Python and nothing else: python check_draw.py outputs/draws/2024-07 ."""

import csv
import sys
from fractions import Fraction
from hashlib import sha256
from math import ceil, floor
from pathlib import Path


def hashed(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


folder, faults, reached = Path(sys.argv[1]), [], Fraction(0)
lines = (folder / "draw.yaml").read_text("utf-8").splitlines()
page = {name: said.strip("'") for name, _, said in (line.partition(": ") for line in lines if line[:1] != " ")}
rows = list(csv.DictReader((folder / "record.csv").read_text("utf-8").splitlines()))

fixed = list(rows[0])[: list(rows[0]).index("ticket")]  # what was known before the seed was thrown
frame = sorted("\t".join(row[name] for name in fixed) for row in rows)
if hashed("\n".join([page["nonce"], *frame])) != page["frame_digest"]:
    faults.append("The frame is not the one whose fingerprint was printed.")

seed, moderation = hashed(page["seed"]), hashed(page["seed"] + " moderation")
offset = Fraction(int(hashed(seed + "allocation"), 16), 2**256)
on_list = sorted(hashed(moderation + row["child_id"]) for row in rows if row["outcome"] in ("drawn", "nominated"))
third = on_list[: ceil(Fraction(page["moderation_share"]) * len(on_list))]
for stratum in sorted({row["stratum"] for row in rows}):  # the blank one holds what could not be selected
    own = [(number, row) for number, row in enumerate(rows, start=2) if row["stratum"] == stratum]
    own.sort(key=lambda one: (one[1]["is_worker_recent"], hashed(seed + one[1]["child_id"])))
    due = sum(Fraction(row["inclusion_probability"]) for _, row in own).limit_denominator(10**8)
    taken, reached = floor(reached + due + offset) - floor(reached + offset), reached + due
    for rank, (number, row) in enumerate(own, start=1):
        left = "replacement" if rank <= 2 * taken else "not drawn" if stratum else "excluded"
        outcomes = ("drawn",) if rank <= taken else (left, "nominated")
        is_third = row["outcome"] in ("drawn", "nominated") and hashed(moderation + row["child_id"]) in third
        right = (hashed(seed + row["child_id"]), str(rank) if stratum else "", "yes" if is_third else "no")
        if row["outcome"] not in outcomes or (row["ticket"], row["rank"], row["is_moderated"]) != right:
            faults.append(f"Row {number} is not what the frame and the seed give.")

drawn = sum(row["outcome"] == "drawn" for row in rows)
print("\n".join(faults) or f"Proved: the {drawn} audits are what the frame and the seed give.")
sys.exit(bool(faults))
