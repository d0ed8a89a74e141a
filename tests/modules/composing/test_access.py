"""Who composes tests, forms and blueprints, and what stays while a test draws on it."""

import pytest
from django.utils import translation
from wagtail.users.models import UserProfile

from modules.papers import models as papers
from modules.papers.contents import Blueprint, Form
from tests.cast import sign_in
from tests.modules.composing.sending import (
    address,
    edit_blueprint,
    page_of,
    post_test,
    settings_of,
    words,
)

pytestmark = pytest.mark.django_db

COMPOSERS = ("author", "reviewer", "system_admin")
OTHERS = ("learner", "trainer", "viewer", "programme_admin", "legal_reviewer", "translator")


@pytest.mark.parametrize("who", COMPOSERS)
def test_composers_open_everything(client, cast, blueprint, who):
    sign_in(client, getattr(cast, who))

    for model in ("test", "form", "blueprint"):
        assert client.get(address(model, "list")).status_code == 200
        assert client.get(address(model, "add")).status_code == 200
    assert client.get(address("blueprint", "inspect", blueprint.pk)).status_code == 200
    may_delete = client.get(address("blueprint", "delete", blueprint.pk)).status_code == 200
    assert may_delete is (who == "system_admin")


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_does(client, cast, blueprint, who):
    sign_in(client, getattr(cast, who))
    form = Form.objects.get(label="A")
    closed = [
        address(model, view) for model in ("test", "form", "blueprint") for view in ("list", "add")
    ]
    closed += [address("form", "edit", form.pk), address("blueprint", "edit", blueprint.pk)]
    closed += [address("blueprint", "inspect", blueprint.pk)]

    for one in closed:
        answer = client.get(one)
        assert answer.status_code in {302, 403}, one
        assert "co-t1" not in answer.text
    client.post(address("test", "add"), settings_of())
    edit_blueprint(client, blueprint, {"CO1-apply": "1"})
    assert not papers.Test.objects.exists()
    assert blueprint.cells.get().count == 2


@pytest.mark.parametrize("drawing", ["fixed", "forms", "pool"])
def test_what_a_test_draws_on_is_not_deleted(client, cast, blueprint, drawing):
    form = Form.objects.get(label="A")
    on = {"fixed": {"fixed_form": form}, "pool": {"blueprint": blueprint}, "forms": {}}[drawing]
    papers.Test.objects.create(course_code="coordination", purpose="pre", drawing=drawing, **on)
    sign_in(client, cast.system_admin)
    kind, what = ("blueprint", blueprint) if drawing == "pool" else ("form", form)

    page = client.post(address(kind, "delete", what.pk), follow=True)

    assert "This test draws on it: before the course. Change the test first." in words(page)
    assert type(what).objects.filter(pk=what.pk).exists()


def test_what_no_test_draws_on_may_go(client, cast, blueprint):
    sign_in(client, cast.system_admin)

    client.post(address("blueprint", "delete", blueprint.pk))

    assert not Blueprint.objects.exists()


def test_pages_speak_the_language_of_their_reader(client, cast, blueprint):
    sign_in(client, cast.author)
    profile = UserProfile.get_for_user(cast.author)
    profile.preferred_language = "ur"
    profile.save()

    page = client.get(address("blueprint", "inspect", blueprint.pk)).text

    with translation.override("ur"):
        assert translation.gettext("Try a draw") in page
    assert 'dir="rtl"' in page


def test_each_list_leads_to_what_it_lists(author, blueprint):
    post_test(author)
    for name, model in {"test": papers.Test, "form": Form, "blueprint": Blueprint}.items():
        page = words(author.get(address(name, "list")))
        there = [address(name, "edit", one.pk) for one in model.objects.all()]

        assert there
        assert [edit for edit in there if f'href="{edit}"' not in page] == []


@pytest.mark.parametrize("size", [1, 3])
def test_the_queries_do_not_grow(author, blueprint, size, django_assert_num_queries):
    for number in range(size):
        blueprint.cells.create(outcome="CO2", level=("recall", "apply", "create")[number], count=1)
    page_of(author, blueprint)

    with django_assert_num_queries(22):
        page_of(author, blueprint)
    with django_assert_num_queries(29):
        author.get(address("blueprint", "edit", blueprint.pk))
