"""The register of targets in Wagtail's admin: each programme's are its administrators'."""

from typing import Any, ClassVar, cast

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.permissions import register_permission_policy

from learning.cascade.permissions import programmes_targeted_by
from learning.cascade.targets import Target
from learning.people.models import Area, Role, User
from learning.people.policies import ScopedPolicy
from learning.people.roles import AnyUser, has_role, is_system_admin
from learning.people.viewsets import RegisterViewSet


def targets_managed_by(user: AnyUser) -> QuerySet[Target]:
    return Target.objects.filter(programme__in=programmes_targeted_by(user))


def sets_targets(user: AnyUser) -> bool:
    return is_system_admin(user) or has_role(user, Role.PROGRAMME_ADMIN)


class TargetPolicy(ScopedPolicy):
    """A target may be deleted too: it is a plan, not something that happened."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return sets_targets(user)


register_permission_policy(
    Target, TargetPolicy(Target, targets_managed_by, sets_targets), exact_class=True
)


class TargetForm(WagtailAdminModelForm):
    """Offers the programmes that the administrator plans for, and areas inside of them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programmes = programmes_targeted_by(self.for_user)
        inside = Q(pk__in=[])
        for path in programmes.values_list("area__path", flat=True).distinct():
            inside |= Q(path__startswith=path)
        cast("forms.ModelChoiceField", self.fields["programme"]).queryset = programmes
        cast("forms.ModelChoiceField", self.fields["area"]).queryset = Area.objects.filter(inside)

    class Meta:
        model = Target
        fields: ClassVar = ["programme", "area", "unit", "year", "value"]


class TargetViewSet(RegisterViewSet):
    model = Target
    form_class = TargetForm
    name = "targets"
    icon = "pick"
    menu_label = _("Targets")
    add_to_admin_menu = True
    menu_order = 320
    list_display: ClassVar = ["programme", "area", "unit", "year", "value"]
    list_filter: ClassVar = ["year", "unit"]
