"""What a person may choose about a brief."""

from __future__ import annotations

from dataclasses import dataclass

from etl.settings import Settings

SECTIONS: dict[str, str] = {
    "summary": "Summary in three sentences",
    "maps": "Maps",
    "figures": "Key figures",
    "breakdown": "What the digital exclusion score is made of",
    "appointments": "How people see their GP",
    "assets": "What there is to build on",
    "stories": "Stories",
    "tried": "What partners have tried",
    "plan": "Results of the plan",
    "changes": "What has changed since the last edition",
    "method": "How it was worked out",
    "sources": "Where the figures come from",
}
FORMATS: dict[str, str] = {
    "pdf": "PDF, to send or print",
    "docx": "Word, to edit",
    "html": "Web page, for any screen",
    "zip": "Data pack: every table as CSV, with boundaries",
}
MEDIA_TYPES: dict[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "zip": "application/zip",
}


@dataclass(frozen=True, kw_only=True)
class BriefOptions:
    """What a brief holds.

    Parameters
    ----------
    sections
        Ids of the sections that are on. What a brief must not be used for is always said.
    wants_partners_only
        Whether to show what only partners may see; those who may not see it get the public brief.
    plan_id
        A saved plan whose results are asked for; empty for none.
    base_url
        Where the dashboard is reached, for the link and its QR code.
    """

    sections: tuple[str, ...] = tuple(SECTIONS)
    wants_partners_only: bool = False
    plan_id: str = ""
    base_url: str = "http://localhost:8501"

    def has(self, section: str) -> bool:
        """Return whether a section is on."""
        return section in self.sections


EVERYTHING = BriefOptions()


def base_url(settings: Settings) -> str:
    """Return where people reach the dashboard, for links in briefs."""
    return settings.sharing.public_url or f"http://localhost:{settings.port}"
