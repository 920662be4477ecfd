"""Choices that are best in the first respect, and of those the best in the second, and so on: integer programming."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import scipy  # its parts load when they are first used: most commands use none
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]
EXACT = {"mip_rel_gap": 0.0}  # the best, not one nearly as good: two machines find the same


@dataclass
class Programme:
    """Yes-or-no choices and the rules between them; a rule is a sum of choices within bounds."""

    choices: int
    _entries: list[tuple[Numbers, Places, Places]] = field(default_factory=list)
    _bounds: list[tuple[Numbers, Numbers]] = field(default_factory=list)
    _rules: int = 0

    def add(self, rule: Places, choice: Places, weight: float | Numbers, *, least: float, most: float) -> None:
        """As many rules as `rule` numbers from zero: weighted choices that sum to something between two bounds."""
        if not len(rule):
            return
        number = int(rule.max()) + 1
        weights = np.broadcast_to(np.asarray(weight, dtype=float), rule.shape)
        self._entries.append((weights, rule + self._rules, choice))
        self._bounds.append((np.full(number, float(least)), np.full(number, float(most))))
        self._rules += number

    def goal(self, where: Places, cost: ArrayLike) -> Numbers:
        """What some choices cost, and all others nothing."""
        costs = np.zeros(self.choices)
        costs[where] = np.asarray(cost, dtype=float)
        return costs

    def best(self, goals: Sequence[Numbers]) -> NDArray[np.bool_]:
        """The choices that make the first goal least, of those the ones that make the second least, and so on.

        Goals are whole numbers per choice, so that what is least can be kept to exactly.
        """
        chosen = np.zeros(self.choices)
        for goal in goals:
            found = scipy.optimize.milp(
                goal, constraints=scipy.optimize.LinearConstraint(*self._matrix()), bounds=scipy.optimize.Bounds(0, 1),
                integrality=np.ones(self.choices), options=EXACT,
            )  # fmt: skip
            if found.x is None:
                raise ValueError(f"no choice keeps the rules: {found.message}")
            chosen = np.round(found.x)
            self.add(
                np.zeros(self.choices, dtype=np.intp), np.arange(self.choices), goal,
                least=-np.inf, most=float(goal @ chosen) + 0.5,
            )  # fmt: skip
        return chosen.astype(bool)

    def _matrix(self) -> tuple["scipy.sparse.csr_matrix", Numbers, Numbers]:
        weights, rules, choices = (np.concatenate(parts) for parts in zip(*self._entries, strict=True))
        lower, upper = (np.concatenate(parts) for parts in zip(*self._bounds, strict=True))
        return scipy.sparse.csr_matrix((weights, (rules, choices)), shape=(self._rules, self.choices)), lower, upper
