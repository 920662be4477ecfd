"""What the panel would have said of all audits, from those referred to it and those drawn at random."""

from math import nan

import numpy as np
from numpy.typing import ArrayLike

from qa_analysis.stats.estimate import Estimate, Floats, undefined
from qa_analysis.stats.proportions import LEVEL, wilson_limits

ALIKE = 10.0  # pairs of the other areas that count with an area's own: fewer would shake, more would make all alike


def stratified(audits: ArrayLike, moderated: ArrayLike, upheld: ArrayLike, *, level: float = LEVEL) -> Estimate:
    """The share of all audits that would be upheld, each moderated one standing for those of its stratum.

    Weights are one over the probability of selection (Horvitz & Thompson 1952, J. Am. Stat. Assoc. 47:663-685). A
    stratum that was moderated whole is certain; the others share Wilson's interval with the number of cases that their
    weights and the finite strata leave (Kish 1965). A stratum of which none was moderated is taken to be as the other
    samples are.
    """
    method = "weighted by probability of selection, Wilson"
    size, seen, kept = (np.asarray(values, dtype=float) for values in (audits, moderated, upheld))
    whole, drawn = (seen == size) & (size > 0), (seen > 0) & (seen < size)
    rest = size[~whole].sum()
    if size.sum() == 0 or (rest and not drawn.any()):
        note = "no audit was moderated at random" if size.sum() else "no audits"
        return undefined(round(seen.sum()), note, method=method)
    share, worth = _pooled(size[drawn], seen[drawn], kept[drawn]) if rest else (0.0, np.inf)
    limits = wilson_limits(share, worth, level=level) if np.isfinite(worth) else (share, share)
    value, lower, upper = (float((kept[whole].sum() + rest * part) / size.sum()) for part in (share, *limits))
    missed = int(((seen == 0) & (size > 0)).sum())
    note = f"{missed} of {len(size)} strata had none moderated" if missed else ""
    return Estimate(value, lower, upper, round(seen.sum()), method=method, note=note)


def partly_pooled(
    good: ArrayLike, pairs: ArrayLike, *, row: int, best: int = 2, alike: float = ALIKE
) -> tuple[Floats, Floats]:
    """How often the panel calls good what an auditor gave each grade, and how many pairs each share is worth.

    `good` and `pairs` count the panel's decisions, a row an area, a column an auditor's grade; the `best` first grades
    are good. The share of an area is drawn towards that of all areas, as if `alike` of their pairs were its own, and a
    grade hardly ever met towards the others on its side of the line: the mean of a beta distribution (Gelman et al.
    2013, Bayesian Data Analysis, chapter 5).
    """
    k, n = np.asarray(good, dtype=float), np.asarray(pairs, dtype=float)
    sides = (slice(0, best), slice(best, None))
    of_side = [(k[:, side].sum() + 0.5) / (n[:, side].sum() + 1) for side in sides]
    usual = np.repeat(of_side, [best, n.shape[1] - best])
    of_grade = (k.sum(axis=0) + usual) / (n.sum(axis=0) + 1)
    return (k[row] + alike * of_grade) / (n[row] + alike), n[row] + alike + 1


def corrected(
    unseen: ArrayLike,
    sampled: ArrayLike,
    good: int,
    referred: int,
    habits: tuple[Floats, Floats],
    *,
    level: float = LEVEL,
) -> Estimate:
    """The share that the panel would have called good had it looked at all.

    `unseen` and `sampled` count the audits it did not look at and those drawn at random, by the auditor's grade;
    `referred` the others it looked at; `good` what it called good of all it saw. An audit it saw counts as it said, one
    it did not by how often it calls that grade good (`habits`, of `partly_pooled`). Both parts are uncertain: these are
    some of the audits that might have been, and the habits are known from a sample of which `sampled` is part (Rogan &
    Gladen 1978, Am. J. Epidemiol. 107:71-76; by the delta method, on Wilson's scale). Half an audit of each kind is
    added to the first part, so that a month all alike is not certain.
    """
    method, (mean, worth) = "auditors' grades corrected by the random third", habits
    left, drawn = np.asarray(unseen, dtype=float), np.asarray(sampled, dtype=float)
    n = left.sum() + drawn.sum() + referred
    if n == 0:
        return undefined(0, "no audits", method=method)
    value = float((left @ mean + good) / n)
    of_referred = np.clip(good - drawn @ mean, 0, referred)
    spread = ((left + drawn) @ mean**2 + of_referred + 0.5) / (n + 1) - ((value * n + 0.5) / (n + 1)) ** 2
    habit = mean * (1 - mean) @ (drawn + (2 * left * drawn + left**2) / worth)
    variance = spread / n + habit / n**2
    cases = value * (1 - value) / variance if 0 < value < 1 else n
    lower, upper = wilson_limits(value, cases, level=level)
    return Estimate(value, float(lower), float(upper), round(n), method=method)


def _pooled(size: Floats, seen: Floats, kept: Floats) -> tuple[float, float]:
    """The share of the sampled strata, each by its size, and the number of independent cases that is worth."""
    share = float((size * kept / seen).sum() / size.sum())
    loss = (size**2 * (size - seen) / (seen * (size - 1))).sum()
    return share, float(size.sum() ** 2 / loss) if loss else nan
