"""Award rules and issuers in Wagtail's admin, for system administrators."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.permissions import register_permission_policy

from learning.certificates.admin_forms import AwardRuleForm, IssuerForm
from learning.certificates.models import AwardRule, Issuer
from learning.people.policies import SystemAdminPolicy
from learning.people.viewsets import RegisterViewSet

register_permission_policy(AwardRule, SystemAdminPolicy(AwardRule), exact_class=True)
register_permission_policy(Issuer, SystemAdminPolicy(Issuer), exact_class=True)


class AwardRuleViewSet(RegisterViewSet):
    model = AwardRule
    form_class = AwardRuleForm
    name = "award_rules"
    icon = "list-ul"
    list_display: ClassVar = [
        "course_version",
        "scheme",
        "a_min",
        "pass_mark",
        "effective_from",
    ]


class IssuerViewSet(RegisterViewSet):
    model = Issuer
    form_class = IssuerForm
    name = "issuers"
    icon = "pilcrow"
    list_display: ClassVar = ["code", "organisation", "programme", "time_zone"]


class CertificatesGroup(ModelViewSetGroup):
    menu_label = _("Certificates")
    menu_icon = "tick-inverse"
    menu_order = 310
    items: ClassVar = [AwardRuleViewSet, IssuerViewSet]
