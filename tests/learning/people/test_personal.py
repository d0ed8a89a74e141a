import pytest
from django.db import models
from django.test.utils import isolate_apps

from learning.people.models import Person, User
from learning.people.personal import (
    HOLDINGS,
    OnErase,
    check_personal_data,
    concrete_models,
    holds,
    undeclared_links,
)


def test_every_model_with_a_link_to_people_is_declared():
    assert check_personal_data(None) == []


@isolate_apps("learning")
def test_new_model_that_nobody_declared_fails_the_check():
    class Diary(models.Model):
        person = models.ForeignKey(Person, models.CASCADE)

        class Meta:
            app_label = "learning"

    errors = check_personal_data(None, find_models=lambda: [Diary])

    assert [error.id for error in errors] == ["people.E001"]
    assert "learning.Diary points to people (person)" in errors[0].msg


@isolate_apps("learning")
def test_new_link_of_a_declared_model_fails_too(monkeypatch):
    class Note(models.Model):
        person = models.ForeignKey(Person, models.CASCADE)
        seen_by = models.ForeignKey(User, models.CASCADE)

        class Meta:
            app_label = "learning"

    monkeypatch.setitem(HOLDINGS, "learning.Note", HOLDINGS["people.Consent"])

    assert undeclared_links(Note) == {"seen_by"}


def test_declaring_twice_is_an_error():
    with pytest.raises(ValueError, match=r"people.Person is declared twice"):
        holds("people.Person", "id", OnErase.KEEP, "again")


def test_declared_fields_exist():
    for holding in HOLDINGS.values():
        fields = {f.name for f in holding.model._meta.get_fields()}
        assert {*holding.blank, *holding.actors} <= fields, holding.label
        assert all(name in fields or hasattr(holding.model, name) for name in holding.export)


def test_the_check_looks_at_many_models():
    assert {Person, User} <= set(concrete_models())
