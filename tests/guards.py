"""No test reaches for another machine or sends mail; the loopback and unix sockets work."""

import ipaddress
import smtplib
import socket
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import pytest

INTERNET = (socket.AF_INET, socket.AF_INET6)


def is_local(host: str) -> bool:
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def refuse(what: object) -> NoReturn:
    """Fail with an exception that no `except Exception` in the code under test can swallow."""
    pytest.fail(f"a test reached for the outside world: {what}")


def guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
    def checked(self: socket.socket, address: Any) -> Any:
        if self.family in INTERNET and not is_local(address[0]):
            refuse(address)
        return connect(self, address)

    return checked


def guarded_lookup(lookup: Callable[..., Any]) -> Callable[..., Any]:
    def checked(host: Any, *rest: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None and not is_local(name):
            refuse(name)
        return lookup(host, *rest, **options)

    return checked


def no_mail(*_: Any, **__: Any) -> NoReturn:
    refuse("mail")


@pytest.fixture(scope="session", autouse=True)
def no_outside_world() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex))
        patch.setattr(socket, "getaddrinfo", guarded_lookup(socket.getaddrinfo))
        patch.setattr(smtplib.SMTP, "connect", no_mail)
        yield
