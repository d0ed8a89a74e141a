"""How a row of the matrix is written: roles, answers, and what each gets at one address.

Answers: OPEN the page itself · SIGN_IN led to the sign-in page · REFUSED (403, 404 or back to the
dashboard with a refusal) · GO led on to another page (what a redirect or a saved form does).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.routes.world import World

OPEN, SIGN_IN, REFUSED, GO = "open", "sign in", "refused", "go"

ROLES = (
    *("anonymous", "learner", "outsider", "trainer", "viewer"),
    *("translator", "author", "reviewer", "legal_reviewer"),
    *("area_admin", "organisation_admin", "programme_admin", "system_admin"),
)
# Roles that Wagtail's admin lets in at all.
IN_ADMIN = set(ROLES[5:])

type Answers = dict[str, str]


def everybody(answer: str) -> Answers:
    return dict.fromkeys(ROLES, answer)


def signed_in(answer: str) -> Answers:
    return everybody(answer) | {"anonymous": SIGN_IN}


def in_admin(*roles: str, answer: str = OPEN) -> Answers:
    """Only these roles get `answer`; visitors must sign in, all others are refused."""
    return signed_in(REFUSED) | dict.fromkeys(roles, answer)


@dataclass(frozen=True)
class Row:
    """One address, for one object, with one method."""

    name: str
    answers: Answers
    args: Callable[[World], list[Any]] = field(default=lambda world: [])
    note: str = ""
    method: str = "GET"
    data: Callable[[World], dict[str, Any]] = field(default=lambda world: {})
    # Texts that must stand in no answer but those of the roles named.
    hidden: tuple[str, ...] = ()
    hidden_from: Callable[[str], bool] = field(default=lambda role: role != "system_admin")


def everyone(role: str) -> bool:
    return True
