"""What a brief is refused for, in words for whoever asked."""

from __future__ import annotations

from etl.errors import CommonGroundError


class BriefError(CommonGroundError):
    """Anything that a brief is refused for."""

    exit_code = 20


class UnknownAreaError(BriefError):
    """An area that is not there; one of somebody's own may have been deleted."""

    def __init__(self, area_code: str) -> None:
        self.area_code = area_code
        super().__init__(
            f"There is no area {area_code[:40]} in what is loaded.",
            todo="Check the code, or look the area up by name on the Area page. An area of your own may have been "
            "deleted, or is not shared with you.",
        )


class UnknownPlanError(BriefError):
    """A saved plan that is not there, or not for whoever asks: both sound the same."""

    def __init__(self) -> None:
        super().__init__(
            "There is no such plan, or it is not shared with you.", todo="Open it from the page it was saved on."
        )


class UnknownFormatError(BriefError):
    """A format that briefs are not written in."""

    exit_code = 2


class LookError(BriefError):
    """An organisation's look that cannot be used."""


class TemplateError(BriefError):
    """A changed template that cannot be used."""


class EditionError(BriefError):
    """An earlier edition that cannot be read."""
