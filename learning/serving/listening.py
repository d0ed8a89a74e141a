"""Where the web server listens."""

import errno
import os
import socket


def addresses(port: int, *, open_to_all: bool) -> list[tuple[str, int]]:
    """Every interface of the machine, or only what this machine itself calls localhost."""
    if open_to_all:
        return [("0.0.0.0", port)]  # noqa: S104 (asked for)
    return [("127.0.0.1", port), *([("::1", port)] if has_ipv6() else [])]


def written(address: tuple[str, int]) -> str:
    """An address as gunicorn and browsers write it."""
    host, port = address
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def problem_with(address: tuple[str, int]) -> str:
    """Why nothing can listen there, or an empty text when it is free."""
    try:
        listen_for_a_moment(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            other = min(address[1] + 1, 65535)
            return f"Port {address[1]} is taken. Choose another: make run PORT={other}"
        return f"Cannot listen on {written(address)}: {os.strerror(error.errno or 0)}"
    return ""


def has_ipv6() -> bool:
    try:
        listen_for_a_moment(("::1", 0))
    except OSError:
        return False
    return True


def listen_for_a_moment(address: tuple[str, int]) -> None:
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    socket.create_server(address, family=family).close()
