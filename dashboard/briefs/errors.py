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


class UnknownFormatError(BriefError):
    """A format that briefs are not written in."""

    exit_code = 2


class LookError(BriefError):
    """An organisation's look that cannot be used."""


class TemplateError(BriefError):
    """A changed template that cannot be used."""


class EditionError(BriefError):
    """An earlier edition that cannot be read."""
