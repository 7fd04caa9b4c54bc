"""Can this be shown? A view fitted to what the snapshot holds."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.questions.own_figures import OwnFigureQuestions
from dashboard.questions.places import ENGLAND
from dashboard.state import BOTH, USUAL_WEIGHT, View

LEFT_BEHIND = "left_behind"
# What is worked out from the pillars cannot be one of them.
OWN_DOMAIN = "Left behind"


@dataclass(frozen=True)
class FittedView:
    """A view that can be shown, and in words what had to be left out of the one that was asked for."""

    view: View
    notes: tuple[str, ...]


class ViewQuestions(OwnFigureQuestions):
    """Questions about what a view may ask for."""

    @property
    def needs(self) -> tuple[str, ...]:
        """Return the ids of the indicators that can stand for need: those with a worse direction, scores left out."""
        return tuple(
            key
            for key, indicator in self.mapped_indicators.items()
            if not indicator.is_neutral and key not in self.recipes and indicator.domain != OWN_DOMAIN
        )

    @property
    def exclusions(self) -> tuple[str, ...]:
        """Return the ids of the composite indices that can stand for digital exclusion, the default one first."""
        return tuple(key for key in self.recipes if key in self.mapped_indicators)

    def shown(self, level: str) -> tuple[str, ...]:
        """Return what a map of a level can show: both pillars together, then every indicator.

        Being left behind is yes or no in a neighbourhood and is outlined there; in a larger area it is a share of
        people.
        """
        return (BOTH, *(key for key in self.mapped_indicators if level != "lsoa" or key != LEFT_BEHIND))

    def fit_view(self, view: View, *, counts_support: bool = False) -> FittedView:
        """Return the view with whatever this snapshot cannot show replaced, and the reasons.

        Parameters
        ----------
        counts_support
            Whether there is a third pillar, whose weight may stand alone.
        """
        changes: dict[str, str | int] = {}
        notes: list[str] = []
        allowed = {"show": self.shown(view.level), "need": self.needs, "exclusion": self.exclusions}
        for part, ids in allowed.items():
            asked = getattr(view, part)
            own = self.own_figures.get(asked)
            is_usable = own is not None and (part == "show" or not own.indicator.is_neutral)
            if asked not in ids and ids and not is_usable:
                default = getattr(View(), part)
                changes[part] = default if default in ids else ids[0]
                why = f"“{own.indicator.name}” has no worse direction" if own else f"“{asked}” is not loaded here"
                notes.append(f"{why}, so something else is shown in its place.")
        weights = [view.need_weight, view.exclusion_weight, *([view.support_weight] if counts_support else [])]
        if not any(weights):
            changes |= dict.fromkeys(("need_weight", "exclusion_weight", "support_weight"), USUAL_WEIGHT)
            notes.append("All weights are zero, which puts no place before another. They count equally instead.")
        for part in ("within", "at"):
            code = getattr(view, part)
            if code == ENGLAND:
                changes[part] = ""
            elif code and self.area(code) is None:
                changes[part] = ""
                notes.append(f"The link names an area, {code}, that is not loaded here.")
        return FittedView(view=view.changed(**changes), notes=tuple(notes))
