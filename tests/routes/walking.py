"""Finds every address of the site and asks it as every role."""

from collections.abc import Callable, Iterable, Iterator

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tests.cast import sign_in
from tests.routes.expectations import HARMLESS, LIBRARIES, ROWS
from tests.routes.rows import GO, OPEN, REFUSED, ROLES, SIGN_IN, Row
from tests.routes.world import World


def url_names(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """The name of every pattern, with its namespaces; "?" for one without a name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from url_names(pattern, space)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name or '?'}"


def patterns(
    resolver: URLResolver | None = None, prefix: str = "", above: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The name of every named pattern with the names of the arguments that its address takes.

    Nameless arguments are called by their place, so that nobody takes such an address for plain.
    """
    for pattern in (resolver or get_resolver()).url_patterns:
        groups = pattern.pattern.regex
        named = tuple(groups.groupindex) or tuple(map(str, range(groups.groups)))
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from patterns(pattern, space, (*above, *named))
        elif pattern.name:
            yield f"{prefix}{pattern.name}", (*above, *named)


def library_of(name: str) -> str | None:
    """The longest prefix of `LIBRARIES` that `name` begins with."""
    fits = [prefix for prefix in LIBRARIES if name.startswith(prefix)]
    return max(fits, key=len, default=None)


def names_without_expectation() -> set[str]:
    ours = {row.name for row in ROWS}
    return {n for n in url_names() if n not in ours and n != "?" and library_of(n) is None}


def answer_of(response: HttpResponse) -> str:
    if response.status_code in {301, 302}:
        target = response["Location"].split("?")[0]
        if target.endswith("/accounts/login/"):
            return SIGN_IN
        return REFUSED if target == reverse("wagtailadmin_home") else GO
    return {200: OPEN, 403: REFUSED, 404: REFUSED}.get(
        response.status_code, str(response.status_code)
    )


type RolesOf = Callable[[Row, int], Iterable[str]]


def all_roles(row: Row, turn: int) -> Iterable[str]:
    return ROLES


def one_for_each_answer(row: Row, turn: int) -> Iterable[str]:
    """A role for each answer that the row expects; those that expect the same take turns."""
    alike: dict[tuple[str, bool], list[str]] = {}
    for role in ROLES:
        alike.setdefault((row.answers[role], row.hidden_from(role)), []).append(role)
    return [roles[turn % len(roles)] for roles in alike.values()]


class Asking:
    """Asks addresses as each role, with one signed-in client per role."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clients = {role: Client() for role in ROLES}
        for role, client in self.clients.items():
            if role != "anonymous":
                sign_in(client, getattr(world.cast, role))

    def ask(self, row: Row, role: str) -> HttpResponse:
        """The answer to one cell; what it changed is undone."""
        url = reverse(row.name, args=row.args(self.world))
        send = getattr(self.clients[role], row.method.lower())
        with transaction.atomic():
            response = send(url, row.data(self.world))
            transaction.set_rollback(True)
        return response

    def mismatches(self, rows: list[Row], roles_of: RolesOf = all_roles) -> Iterator[str]:
        """One line per cell that is not as expected, of the roles that `roles_of` a row names."""
        for turn, row in enumerate(rows):
            for role in roles_of(row, turn):
                response = self.ask(row, role)
                got, wanted = answer_of(response), row.answers[role]
                cell = f"{row.method} {row.name} {row.note} as {role}"
                if got != wanted:
                    yield f"{cell}: {got}, expected {wanted}"
                if row.hidden_from(role):
                    text = response.getvalue().decode(errors="replace")
                    yield from (f"{cell}: shows “{x}”" for x in row.hidden if x in text)

    def leaks(self, name: str) -> Iterator[str]:
        """Roles that get a page of a library's address although they must not."""
        refused = LIBRARIES[library_of(name) or ""]
        try:
            url = self.url_of(name)
        except NoReverseMatch:
            return
        for role in refused:
            if answer_of(self.clients[role].get(url)) == OPEN and name not in HARMLESS:
                yield f"{name} as {role}"

    def url_of(self, name: str) -> str:
        """The address, with 1 for each argument that it needs."""
        for count in range(4):
            try:
                return reverse(name, args=[1] * count)
            except NoReverseMatch:
                continue
        raise NoReverseMatch(name)
