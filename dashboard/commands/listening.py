"""Where the server is to listen: found out before it starts, so that a refusal says what to do."""

from __future__ import annotations

import errno
import os
import socket

from etl.errors import SettingsError

PORT_TODO = "Choose another: “commonground serve --port 8502”, “make run PORT=8502”, or set COMMONGROUND_PORT."


def check_port(host: str, port: int) -> None:
    """Refuse an address that cannot be listened on.

    Raises
    ------
    SettingsError
        If another program listens there, it is not for this account to listen there, or there is no such address here.
    """
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            if os.name == "posix":
                # As servers do, so that one that has just ended is not in the way.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except socket.gaierror as error:
        raise SettingsError(f"There is no address {host} to listen on.", todo="Check --host.") from error
    except OSError as error:
        raise SettingsError(_why_not(error, host=host, port=port), todo=PORT_TODO) from error


def check_path(path: str) -> None:
    """Refuse to be served under a path of another site: maps and links start at the root of a host name.

    Raises
    ------
    SettingsError
        If there is a path.
    """
    if path.strip("/"):
        what = f"Streamlit's setting server.baseUrlPath is “{path}”, but Common Ground cannot be served under a path."
        raise SettingsError(what, todo="Take that setting away and serve it under a host name of its own.")


def _why_not(error: OSError, *, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Another program listens on port {port} already; perhaps Common Ground is running."
    if error.errno == errno.EACCES:
        return f"This account may not listen on port {port}."
    return f"It is not possible to listen on {host}, port {port} ({error.strerror})."
