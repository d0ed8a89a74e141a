import datetime as dt
import uuid
from unittest.mock import patch

import pytest
from django.db.models import (
    BigAutoField,
    CharField,
    DateField,
    Exists,
    OuterRef,
    UUIDField,
)
from django.db.models.sql.compiler import SQLCompiler

from learning.people.models import Person, Role, RoleGrant, User
from modules.reference.statements import Slot, Statement
from tests.cast import make_user

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 27)


def users_with_roles() -> Statement[User]:
    def build():
        grants = RoleGrant.objects.active(Slot("day", DateField())).filter(user=OuterRef("pk"))
        users = User.objects.select_related("person").annotate(holds_a_role=Exists(grants))
        return users.filter(pk=Slot("pk", BigAutoField()))

    return Statement(build)


def people_by_uuid() -> Statement[Person]:
    return Statement(lambda: Person.objects.filter(uuid=Slot("uuid", UUIDField())))


def test_gives_whole_objects_with_what_is_joined_and_annotated(cast, django_assert_num_queries):
    statement = users_with_roles()
    statement.first(pk=0, day=TODAY)
    trainer = cast.trainer

    with django_assert_num_queries(1):
        found = statement.first(pk=trainer.pk, day=TODAY + dt.timedelta(days=3650))
        assert found == trainer
        assert found.person.names == trainer.person.names
    assert found.holds_a_role is True
    assert found.date_joined == trainer.date_joined


def test_each_run_has_its_own_values(cast):
    statement = users_with_roles()
    RoleGrant.objects.create(
        user=cast.learner, role=Role.TRAINER, area=cast.punjab, valid_from=TODAY
    )

    answers = [
        statement.first(pk=user.pk, day=day).holds_a_role
        for user in (cast.learner, cast.outsider)
        for day in (TODAY - dt.timedelta(days=1), TODAY)
    ]
    assert answers == [False, True, False, False]


def test_values_are_kept_as_the_database_keeps_them(cast):
    statement = people_by_uuid()

    assert statement.run(uuid=cast.learner.person.uuid) == [cast.learner.person]
    assert statement.run(uuid=str(cast.outsider.person.uuid)) == [cast.outsider.person]
    assert statement.run(uuid=uuid.uuid4()) == []
    assert statement.first(uuid=uuid.uuid4()) is None


def test_hostile_values_stay_values(cast):
    hostile = "' OR 1=1 --%s"
    statement = Statement(lambda: User.objects.filter(username=Slot("name", CharField())))

    assert statement.run(name=hostile) == []
    user = make_user("hostile", "Hostile", cast.punjab)
    User.objects.filter(pk=user.pk).update(username=hostile)
    assert statement.run(name=hostile) == [user]


def test_the_sql_is_built_once(cast):
    statement, person = people_by_uuid(), cast.learner.person
    statement.first(uuid=uuid.uuid4())

    with patch.object(SQLCompiler, "as_sql", side_effect=AssertionError("built again")):
        assert statement.first(uuid=person.uuid) == person


def test_a_value_that_is_missing_is_an_error(cast):
    with pytest.raises(KeyError):
        people_by_uuid().run()
