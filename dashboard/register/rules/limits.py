"""How long and how many each field of the record may be, and what a person calls it."""

from __future__ import annotations

from dashboard.register.rules.reach import MAX_EMAIL

# The most characters of each field of text, and what a person calls the field.
LINES = {
    "name": (200, "name"),
    "audience_words": (500, "note on who it is for"),
    "referral_words": (500, "note on how to be referred"),
    "opening_hours": (255, "opening hours"),
    "cost": (300, "cost"),
    "organisation": (200, "organisation"),
    "website": (500, "website address"),
    "service_area_words": (300, "area it serves"),
    "source": (200, "source"),
    "source_ref": (200, "reference in the source"),
    "licence": (200, "licence"),
    "organisation_sort": (64, "sort of organisation"),
    "kind": (64, "kind"),
}
WORDS = {
    "description": (5_000, "description"),
    "opening_notes": (1_000, "note on opening hours"),
    "accessibility_words": (1_000, "note on accessibility"),
}
LISTS = {
    "offers": "what it offers",
    "audiences": "who it is for",
    "referral": "how to be referred",
    "meets": "how it meets people",
    "languages": "languages",
    "accessibility": "accessibility",
    "service_areas": "areas it serves",
}
CONTACT_LINES = {"name": (200, "name"), "title": (200, "title"), "phone": (50, "phone"), "email": (MAX_EMAIL, "e-mail")}
MOST_IN_A_LIST, MOST_CONTACTS, MOST_ADDRESS_LINES, LONGEST_ADDRESS_LINE = 60, 20, 8, 200
OLDEST = 120
