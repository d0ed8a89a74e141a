"""The Wagtail groups that stand for the roles of editors, and what each may do with pages."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from learning.people.models import Role
from learning.people.roles import GROUP_OF_ROLE
from modules.editing.workflow import ensure_workflow

# Authors and translators write drafts. Nobody here publishes English: what the reviewers have
# approved is published by the workflow; translations they publish themselves. Legal reviewers see
# a page while it waits for them, and no other.
PAGE_ACTIONS = {
    Role.AUTHOR: ("add_page", "change_page"),
    Role.TRANSLATOR: ("change_page",),
    Role.REVIEWER: ("add_page", "change_page", "lock_page", "unlock_page"),
    Role.LEGAL_REVIEWER: (),
}
# What lessons refer to. Courses themselves are opened and closed by system administrators.
REFERENCE = ("question", "glossaryterm", "legalfigure", "outcome", "source")
REFERENCE_ACTIONS = {
    Role.AUTHOR: ("add", "change"),
    Role.TRANSLATOR: ("change",),
    Role.REVIEWER: ("add", "change", "publish"),
    Role.LEGAL_REVIEWER: (),
}
# Who begins translations and sees how far they are.
TRANSLATING = (Role.TRANSLATOR, Role.REVIEWER)
FILE_ACTIONS = ("add_image", "change_image", "choose_image", "add_document", "choose_document")


@transaction.atomic
def ensure_groups() -> list[Group]:
    """Make the editors' groups with their permissions on the whole tree, and the workflow of
    their pages; repeatable.
    """
    files = Collection.get_first_root_node()
    groups: dict[str, Group] = {}
    for role, name in GROUP_OF_ROLE.items():
        group, _ = Group.objects.get_or_create(name=name)
        _let_act_on_pages(group, PAGE_ACTIONS[role])
        codenames = [f"{act}_{name}" for act in REFERENCE_ACTIONS[role] for name in REFERENCE]
        group.permissions.add(*_permissions("modules", codenames))
        if role in TRANSLATING:
            group.permissions.add(*_permissions("wagtail_localize", ["submit_translation"]))
        for app in ("wagtailimages", "wagtaildocs"):
            for permission in _permissions(app, FILE_ACTIONS):
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=files, permission=permission
                )
        groups[role] = group
    ensure_workflow(groups[Role.REVIEWER], groups[Role.LEGAL_REVIEWER])
    return list(groups.values())


def _let_act_on_pages(group: Group, actions: Iterable[str]) -> None:
    """On the whole tree these actions, and no longer any other."""
    root = Page.get_first_root_node()
    wanted = _permissions("wagtailcore", actions)
    GroupPagePermission.objects.filter(group=group).exclude(permission__in=wanted).delete()
    for permission in wanted:
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def _permissions(app: str, codenames: Iterable[str]) -> list[Permission]:
    return list(Permission.objects.filter(content_type__app_label=app, codename__in=codenames))
