"""Shared mode for tests: settings that it starts with."""

from __future__ import annotations

SHARED = {
    "COMMONGROUND_MODE": "shared",
    "COMMONGROUND_PUBLIC_URL": "https://map.example.org",
    "COMMONGROUND_OIDC_METADATA_URL": "https://login.example.org/.well-known/openid-configuration",
    "COMMONGROUND_OIDC_CLIENT_ID": "common-ground",
    "COMMONGROUND_OIDC_CLIENT_SECRET": "secret-of-the-client",
    "COMMONGROUND_COOKIE_SECRET": "secret-of-the-cookies-that-is-long",
}
