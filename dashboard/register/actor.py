"""Who is asking: a person (or nobody in particular) with roles, areas and an organisation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may be to the register."""

    PUBLIC = "public"
    PARTNER = "partner"
    REVIEWER = "reviewer"
    ADMIN = "admin"
    # Acts as the owner of every entry: the one person of local mode; never granted in shared mode.
    OWNER = "owner"


GRANTABLE_ROLES = (Role.PARTNER, Role.REVIEWER, Role.ADMIN)


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Somebody who asks the register for something.

    Parameters
    ----------
    actor_id
        Who it is, as the sign-in says; empty for the public.
    areas
        Codes of the areas in which a reviewer reviews; empty means everywhere.
    is_trusted
        Whether what they add or change is published without waiting.
    """

    actor_id: str = ""
    name: str = ""
    organisation: str = ""
    roles: frozenset[Role] = frozenset({Role.PUBLIC})
    areas: frozenset[str] = frozenset()
    is_trusted: bool = False

    def reviews(self, areas: frozenset[str]) -> bool:
        """Return whether they are a reviewer of something that lies in these areas."""
        return Role.REVIEWER in self.roles and (not self.areas or bool(self.areas & areas))


THE_PUBLIC = Actor()


def local_actor(*, name: str = "You", organisation: str = "") -> Actor:
    """Return the one person of local mode, who has every role."""
    return Actor(actor_id="local", name=name, organisation=organisation, roles=frozenset(Role), is_trusted=True)
