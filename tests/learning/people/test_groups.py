import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

from learning.people.groups import ensure_groups
from learning.people.models import Role
from learning.people.roles import grant_role

pytestmark = pytest.mark.django_db


def test_groups_are_made_once():
    ensure_groups()
    before = GroupPagePermission.objects.count()

    assert [group.name for group in ensure_groups()] == [
        *("Authors", "Subject reviewers", "Legal reviewers", "Translators"),
    ]
    assert GroupPagePermission.objects.count() == before


def test_what_a_group_once_could_do_it_can_no_longer():
    group = Group.objects.get(name="Subject reviewers")
    publish = Permission.objects.get(codename="publish_page")
    GroupPagePermission.objects.create(
        group=group, page=Page.get_first_root_node(), permission=publish
    )

    ensure_groups()

    assert not GroupPagePermission.objects.filter(group=group, permission=publish).exists()


def test_author_and_reviewer_write_and_neither_publishes_directly(cast):
    home = Page.objects.get(depth=2, locale__language_code="en")
    grant_role(cast.author, Role.AUTHOR, cast.pakistan)
    grant_role(cast.reviewer, Role.REVIEWER, cast.pakistan)

    assert home.permissions_for_user(cast.author).can_edit()
    assert not home.permissions_for_user(cast.author).can_publish()
    assert home.permissions_for_user(cast.reviewer).can_edit()
    assert not home.permissions_for_user(cast.reviewer).can_publish()
    assert not home.permissions_for_user(cast.learner).can_edit()


def test_translator_begins_translations_and_publishes_nothing(cast):
    lesson = Page.objects.get(depth=2, locale__language_code="en")
    own = Page.objects.get(depth=2, locale__language_code="ur")
    grant_role(cast.translator, Role.TRANSLATOR, cast.pakistan)

    assert cast.translator.has_perm("wagtail_localize.submit_translation")
    assert own.permissions_for_user(cast.translator).can_edit()
    assert not own.permissions_for_user(cast.translator).can_publish()
    assert not lesson.permissions_for_user(cast.translator).can_publish()
    assert not cast.author.has_perm("wagtail_localize.submit_translation")
