"""Who asks: visitors, and people who are signed in."""

from collections.abc import Callable, Sequence

from django.test import Client

from learning.people.models import User
from tests.bench.served import Reply, Visitor
from tests.cast import sign_in


def visitors(port: int) -> Callable[[], Visitor]:
    return lambda: Visitor(port)


def sessions(port: int, user: User) -> Callable[[], Visitor]:
    """The same person each time, on the same device."""
    visitor = session_of(port, user)
    return lambda: Visitor(port, dict(visitor.cookies))


def session_of(port: int, user: User) -> Visitor:
    """Signed in, with a second factor where her roles ask for one."""
    client = sign_in(Client(headers={"host": "localhost"}), user)
    visitor = Visitor(port, {name: morsel.value for name, morsel in client.cookies.items()})
    visitor.get("/accounts/")  # brings the token that forms send along
    return visitor


def read(path: str) -> Callable[[Visitor], Sequence[Reply]]:
    return lambda visitor: [visitor.get(path)]
