"""What an upload is refused for, in words for the person who sent it."""

from __future__ import annotations

from dashboard.register.errors import RegisterError


class UploadError(RegisterError):
    """A file or a feed that cannot be taken in as a whole."""

    exit_code = 13
