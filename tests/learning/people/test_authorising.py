import pytest
from django.contrib.auth.models import AnonymousUser

pytestmark = pytest.mark.django_db

FACILITATOR = "modules.read_facilitator_matter"
ADMIN = "wagtailadmin.access_admin"


@pytest.mark.parametrize(
    ("who", "facilitator", "admin"),
    [
        ("learner", False, False),
        ("outsider", False, False),
        ("viewer", False, False),
        ("trainer", True, False),
        ("translator", True, True),
        ("author", True, True),
        ("reviewer", True, True),
        ("area_admin", True, True),
        ("organisation_admin", True, True),
        ("programme_admin", True, True),
        ("system_admin", True, True),
    ],
)
def test_permission_by_role(cast, who, facilitator, admin):
    user = getattr(cast, who)

    assert user.has_perm(FACILITATOR) is facilitator
    assert user.has_perm(ADMIN) is admin


def test_anonymous_visitor_has_neither():
    assert not AnonymousUser().has_perm(FACILITATOR)


def test_unknown_permission_is_refused(cast):
    assert not cast.author.has_perm("modules.rewrite_history")
