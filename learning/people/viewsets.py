"""The registers of people in Wagtail's admin: persons, organisations, programmes, areas, roles."""

from typing import Any, ClassVar

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404
from django.urls import URLPattern, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.views.account import NameEmailSettingsPanel
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permissions import policy_registry, register_permission_policy

from learning.people import admin_forms
from learning.people.access_codes import AccessCode
from learning.people.models import Area, Organisation, Person, Programme, RoleGrant, User
from learning.people.permissions import manages_people, people_managed_by
from learning.people.policies import (
    ClosedPolicy,
    InterfacePolicy,
    ScopedPolicy,
    SystemAdminPolicy,
)
from learning.people.recovering import second_factors_of
from learning.people.roles import forget_grants, synchronise_groups
from modules.reference.interface import InterfaceTranslation

# Wagtail's page of one's own settings asks for names that our accounts do not have, and would let
# nobody save without them: the name stands with the person.
NameEmailSettingsPanel.is_active = lambda panel: False

for closed in (User, Group):
    register_permission_policy(closed, ClosedPolicy(closed), exact_class=True)
for model in (Area, Organisation, Programme, RoleGrant):
    register_permission_policy(model, SystemAdminPolicy(model), exact_class=True)
register_permission_policy(
    InterfaceTranslation, InterfacePolicy(InterfaceTranslation), exact_class=True
)
register_permission_policy(
    Person, ScopedPolicy(Person, people_managed_by, manages_people), exact_class=True
)


class ScopedIndexView(generic.IndexView):
    """Lists what the viewer administers, nothing else."""

    def get_base_queryset(self) -> QuerySet:
        allowed = self.permission_policy.instances_user_has_any_permission_for(
            self.request.user, ["change"]
        )
        return super().get_base_queryset().filter(pk__in=allowed.values("pk"))


class WithinScope:
    """Finds the object among those the viewer administers: Wagtail's own views look at them all."""

    def get_object(self, *args: Any, **kwargs: Any) -> Model:
        found = super().get_object(*args, **kwargs)  # type: ignore[misc]
        user = self.request.user  # type: ignore[attr-defined]
        policy = policy_registry.get_by_type(type(found))
        if not policy.user_has_permission_for_instance(user, "change", found):
            raise Http404
        return found


class ScopedEditView(WithinScope, generic.EditView):
    pass


class ScopedDeleteView(WithinScope, generic.DeleteView):
    pass


class RegisterViewSet(ModelViewSet):
    """One register. Leaves out the pages that Wagtail does not scope by object."""

    index_view_class = ScopedIndexView
    edit_view_class = ScopedEditView
    delete_view_class = ScopedDeleteView
    add_to_admin_menu = False
    copy_view_enabled = False
    list_per_page = 50
    form_class: type
    left_out: ClassVar = {"history", "history_results", "usage"}

    def get_form_class(self, for_update: bool = False) -> type:
        return self.form_class

    def get_urlpatterns(self) -> list[URLPattern]:
        return [p for p in super().get_urlpatterns() if p.name not in self.left_out]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        absent = {"history_url_name": None, "usage_url_name": None}
        return super().get_common_view_kwargs(**kwargs) | absent


class EditPersonView(ScopedEditView):
    """Offers the code that fits, to open an account or to get back into one; and further help."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        purpose = AccessCode.Purpose.CLAIM
        if User.objects.filter(person=self.object).exists():
            purpose = AccessCode.Purpose.RESET
        url = reverse("person_code", args=[self.object.pk, purpose])
        label = _("Make a code: {purpose}").format(purpose=purpose.label)
        buttons = [*super().header_buttons, HeaderButton(label, url=url, icon_name="key")]
        if second_factors_of(self.object).exists():
            url = reverse("person_second_factor", args=[self.object.pk])
            remove = _("Remove the second factor")
            buttons.append(HeaderButton(remove, url=url, icon_name="lock-open"))
        url = reverse("person_merge", args=[self.object.pk])
        buttons.append(HeaderButton(_("Merge with another record"), url=url, icon_name="link"))
        if self.object.links.exists():
            url = reverse("person_records", args=[self.object.pk])
            buttons.append(HeaderButton(_("Records of this person"), url=url, icon_name="list-ul"))
        return buttons


class PersonViewSet(RegisterViewSet):
    model = Person
    edit_view_class = EditPersonView
    form_class = admin_forms.PersonForm
    name = "people"
    icon = "user"
    menu_label = _("People")
    list_display: ClassVar = [
        "__str__",
        Column("user", label=_("Account")),
        Column("merged_into", label=_("Merged into")),
        "organisation",
        "area_of_work",
    ]
    list_filter: ClassVar = ["sex", "age_band", "constituency"]
    search_backend_name = None
    search_fields: ClassVar = ["names", "user__username", "job_role"]


class OrganisationViewSet(RegisterViewSet):
    model = Organisation
    form_class = admin_forms.OrganisationForm
    name = "organisations"
    icon = "group"
    list_display: ClassVar = ["__str__", "code", "kind", "area"]
    search_backend_name = None
    search_fields: ClassVar = ["names", "code"]


class ProgrammeViewSet(RegisterViewSet):
    model = Programme
    form_class = admin_forms.ProgrammeForm
    name = "programmes"
    icon = "folder-open-inverse"
    list_display: ClassVar = ["__str__", "code", "area"]


class AreaViewSet(RegisterViewSet):
    model = Area
    form_class = admin_forms.AreaForm
    name = "areas"
    icon = "site"
    list_display: ClassVar = ["__str__", "code", "kind", "parent", "listed_on"]
    search_backend_name = None
    search_fields: ClassVar = ["names", "code"]


class RoleEffect:
    """After a role was written: the account's Wagtail groups follow, and who wrote it is kept."""

    @transaction.atomic
    def save_instance(self) -> RoleGrant:
        self.form.instance.granted_by = self.request.user  # type: ignore[attr-defined]
        grant = super().save_instance()  # type: ignore[misc]
        synchronise_groups(grant.user)
        return grant


class AddRoleView(RoleEffect, generic.CreateView):
    pass


class EditRoleView(RoleEffect, ScopedEditView):
    pass


class DeleteRoleView(ScopedDeleteView):
    def delete_action(self) -> None:
        user = self.object.user
        super().delete_action()
        forget_grants(user)
        synchronise_groups(user)


class RoleGrantViewSet(RegisterViewSet):
    model = RoleGrant
    form_class = admin_forms.RoleGrantForm
    add_view_class = AddRoleView
    edit_view_class = EditRoleView
    delete_view_class = DeleteRoleView
    name = "roles"
    icon = "key"
    menu_label = _("Roles")
    list_display: ClassVar = [
        "user",
        "__str__",
        Column("period", label=_("Valid from and until"), sort_key="valid_from"),
        "granted_by",
    ]
    list_filter: ClassVar = ["role"]


class InterfaceTranslationViewSet(RegisterViewSet):
    model = InterfaceTranslation
    form_class = admin_forms.InterfaceTranslationForm
    name = "interface_translations"
    icon = "site"
    list_display: ClassVar = ["__str__", Column("state", label=_("State"))]
    inspect_view_enabled = False


class RegistersGroup(ModelViewSetGroup):
    menu_label = _("Registers")
    menu_icon = "group"
    menu_order = 300
    items: ClassVar = [
        PersonViewSet,
        OrganisationViewSet,
        ProgrammeViewSet,
        AreaViewSet,
        RoleGrantViewSet,
        InterfaceTranslationViewSet,
    ]
