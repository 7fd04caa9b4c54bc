"""Who may be whom: pairs worth a look, compared, scored, and the likely ones with their reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.register.duplicates.blocking import Blocks, Pairs
from dashboard.register.duplicates.bounds import Facts, compare_facts, may_be_same, with_details, with_names
from dashboard.register.duplicates.comparing import compare
from dashboard.register.duplicates.likeness import keep_pairs
from dashboard.register.duplicates.scoring import THRESHOLD, probabilities, reasons
from dashboard.register.duplicates.traits import Traits, traits_of
from dashboard.register.model import Asset
from dashboard.register.progress import Progress, say_nothing

# So many pairs are compared at once: enough to be fast, few enough to be small.
_AT_ONCE = 100_000


@dataclass(frozen=True, kw_only=True)
class Match:
    """Two assets that may be the same.

    Parameters
    ----------
    at, other
        Places in the incoming list and in the list that was searched.
    probability
        From 0 to 1, as the model of `scoring` has it.
    reasons
        Why, in words, the strongest first.
    """

    at: int
    other: int
    probability: float
    reasons: tuple[str, ...]


class DuplicateIndex:
    """Assets that others are looked up among; building it is the slow part, so keep it.

    Parameters
    ----------
    assets
        With their exact places: matches refer to this order.
    """

    def __init__(self, assets: Sequence[Asset]) -> None:
        self._hold([traits_of(one) for one in assets])

    @classmethod
    def of_traits(cls, traits: Sequence[Traits]) -> DuplicateIndex:
        """Return an index of assets of which no more than their traits is at hand."""
        index = cls([])
        index._hold(traits)
        return index

    def _hold(self, traits: Sequence[Traits]) -> None:
        self._traits = traits
        self._blocks = Blocks(traits)
        self._facts = Facts.of(traits)

    def __len__(self) -> int:
        return len(self._traits)

    def find(self, incoming: Sequence[Asset], *, threshold: float = THRESHOLD) -> list[Match]:
        """Return the likely duplicates of each incoming asset, the likeliest first."""
        return self.find_traits([traits_of(one) for one in incoming], threshold=threshold)

    def find_traits(self, incoming: Sequence[Traits], *, threshold: float = THRESHOLD) -> list[Match]:
        """Return the same for assets of which no more than their traits is at hand."""
        return self._judge(incoming, self._blocks.pairs(incoming), threshold=threshold)

    def find_within(self, *, threshold: float = THRESHOLD, progress: Progress = say_nothing) -> list[Match]:
        """Return the likely duplicates among the assets themselves, each pair once.

        Parameters
        ----------
        progress
            Told how many pairs have been compared, of how many.
        """
        pairs = self._blocks.pairs(self._traits)
        return self._judge(self._traits, pairs[pairs[:, 0] < pairs[:, 1]], threshold=threshold, progress=progress)

    def _judge(
        self, traits: Sequence[Traits], pairs: Pairs, *, threshold: float, progress: Progress = say_nothing
    ) -> list[Match]:
        facts, found = Facts.of(traits), list[Match]()
        for start in range(0, len(pairs), _AT_ONCE):
            found += self._judge_some(traits, facts, pairs[start : start + _AT_ONCE], threshold=threshold)
            progress(min(start + _AT_ONCE, len(pairs)), len(pairs))
        return sorted(found, key=lambda match: (match.at, -match.probability, match.other))

    def _judge_some(self, traits: Sequence[Traits], facts: Facts, pairs: Pairs, *, threshold: float) -> list[Match]:
        pairs = self._worth_it(traits, facts, pairs, threshold=threshold)
        left = [traits[at] for at in pairs[:, 0]]
        right = [self._traits[at] for at in pairs[:, 1]]
        likeness = compare(left, right)
        scores = probabilities(likeness)
        kept = np.flatnonzero(scores >= threshold)
        if not kept.size:
            return []
        words = reasons(compare([left[at] for at in kept], [right[at] for at in kept]))
        return [
            Match(at=int(pairs[at, 0]), other=int(pairs[at, 1]), probability=float(scores[at]), reasons=words[row])
            for row, at in enumerate(kept)
        ]

    def _worth_it(self, traits: Sequence[Traits], facts: Facts, pairs: Pairs, *, threshold: float) -> Pairs:
        """Return the pairs that may reach the threshold, whatever the slow comparisons say: these decide the rest."""
        bound = compare_facts(facts, self._facts, pairs=pairs)
        pairs = pairs[probabilities(bound) >= threshold]
        left, right = [traits[at] for at in pairs[:, 0]], [self._traits[at] for at in pairs[:, 1]]
        bound = with_names(compare_facts(facts, self._facts, pairs=pairs), left, right)
        kept = may_be_same(bound) & (probabilities(bound) >= threshold)
        pairs, bound = pairs[kept], keep_pairs(bound, kept)
        left, right = [traits[at] for at in pairs[:, 0]], [self._traits[at] for at in pairs[:, 1]]
        return pairs[probabilities(with_details(bound, left, right)) >= threshold]
