"""The Wagtail groups that stand for the roles of editors, and what each may do with pages."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from learning.people.models import Role
from learning.people.roles import GROUP_OF_ROLE

# Authors and translators write drafts; reviewers publish them.
PAGE_ACTIONS = {
    Role.AUTHOR: ("add_page", "change_page"),
    Role.TRANSLATOR: ("change_page",),
    Role.REVIEWER: ("add_page", "change_page", "publish_page", "lock_page"),
}
# What lessons refer to. Courses themselves are opened and closed by system administrators.
REFERENCE = ("question", "glossaryterm", "legalfigure", "outcome", "source")
REFERENCE_ACTIONS = {
    Role.AUTHOR: ("add", "change"),
    Role.TRANSLATOR: ("change",),
    Role.REVIEWER: ("add", "change", "publish"),
}
# Who begins translations and sees how far they are.
TRANSLATING = (Role.TRANSLATOR, Role.REVIEWER)
FILE_ACTIONS = ("add_image", "change_image", "choose_image", "add_document", "choose_document")


@transaction.atomic
def ensure_groups() -> list[Group]:
    """Make the editors' groups with their permissions on the whole tree; repeatable."""
    root = Page.get_first_root_node()
    files = Collection.get_first_root_node()
    groups = []
    for role, name in GROUP_OF_ROLE.items():
        group, _ = Group.objects.get_or_create(name=name)
        for permission in _permissions("wagtailcore", PAGE_ACTIONS[role]):
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
        codenames = [f"{act}_{name}" for act in REFERENCE_ACTIONS[role] for name in REFERENCE]
        group.permissions.add(*_permissions("modules", codenames))
        if role in TRANSLATING:
            group.permissions.add(*_permissions("wagtail_localize", ["submit_translation"]))
        for app in ("wagtailimages", "wagtaildocs"):
            for permission in _permissions(app, FILE_ACTIONS):
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=files, permission=permission
                )
        groups.append(group)
    return groups


def _permissions(app: str, codenames: Iterable[str]) -> list[Permission]:
    return list(Permission.objects.filter(content_type__app_label=app, codename__in=codenames))
