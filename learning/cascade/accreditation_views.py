"""Who may train: the register, granting and withdrawing."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning.cascade.accreditation_forms import (
    GrantForm,
    RegisterForm,
    WithdrawForm,
    first_day_of_renewal,
)
from learning.cascade.accrediting import grant, validity_of, with_validity, withdraw
from learning.cascade.errors import Refused
from learning.cascade.models import Accreditation
from learning.cascade.permissions import (
    accreditations_visible_to,
    has_training_desk,
    programmes_accredited_by,
)
from learning.people.models import Programme, User
from learning.people.roles import AnyUser

ON_A_PAGE = 50


@never_cache
@login_required
@require_safe
def accreditations(request: HttpRequest) -> HttpResponse:
    """The register of the programmes one administers; a trainer sees her own."""
    if not has_training_desk(request.user):
        raise PermissionDenied
    form = RegisterForm(request.GET, programmes=programmes_in_register(request.user))
    programme, state = form.chosen
    today = timezone.localdate()
    chosen = register_of(request.user).filter(with_validity(state, today) if state else Q())
    if programme:
        chosen = chosen.filter(programme=programme)
    page = Paginator(chosen, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": page,
        "rows": [(one, validity_of(one, today)) for one in page],
        "is_filtered": bool(programme or state),
        "may_decide": set(programmes_accredited_by(request.user).values_list("pk", flat=True)),
    }
    return render(request, "training/accreditations.html", context)


def register_of(user: AnyUser) -> QuerySet[Accreditation]:
    """Every grant that `user` may see, the latest end first, with its withdrawal."""
    withdrawals = Accreditation.objects.select_related("recorded_by__person")
    granted = accreditations_visible_to(user).filter(what=Accreditation.What.GRANTED)
    return (
        granted.select_related("person", "programme", "recorded_by__person")
        .prefetch_related(Prefetch("corrections", withdrawals))
        .order_by("-valid_until", "pk")
    )


def programmes_in_register(user: AnyUser) -> QuerySet[Programme]:
    visible = accreditations_visible_to(user).values("programme")
    return Programme.objects.filter(
        Q(pk__in=visible) | Q(pk__in=programmes_accredited_by(user).values("pk"))
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def accreditation_grant(request: HttpRequest) -> HttpResponse:
    """Grants an accreditation, or renews the one in `?renew=`."""
    if not programmes_accredited_by(request.user).exists():
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else None
    form = GrantForm(sent, user=request.user, initial=initial_of(request))
    if form.is_valid() and granted(request, form):
        return redirect("accreditations")
    return render(request, "training/accreditation_grant.html", {"form": form})


def initial_of(request: HttpRequest) -> dict[str, Any]:
    """What the form begins with: of an accreditation to renew all but the reason."""
    try:
        renewed = UUID(request.GET.get("renew", ""))
    except ValueError:
        return {"valid_from": timezone.localdate()}
    known = get_object_or_404(decided_by(request.user), pk=renewed)
    return {
        "person": known.person_id,
        "programme": known.programme_id,
        "level": known.level,
        "valid_from": first_day_of_renewal(known),
    }


def granted(request: HttpRequest, form: GrantForm) -> bool:
    """Whether it was recorded; if not, the form says why."""
    data = form.cleaned_data
    try:
        made = grant(
            data["person"],
            data["programme"],
            data["level"],
            data["valid_from"],
            data["valid_until"],
            data["reason"],
            cast("User", request.user),
            fact_id=data["fact"],
        )
    except Refused as problem:
        form.add_error(None, str(problem))
        return False
    messages.success(
        request, _("{name} is accredited now: {what}.").format(name=made.person, what=made)
    )
    return True


def decided_by(user: AnyUser) -> QuerySet[Accreditation]:
    """Grants that `user` may renew or withdraw: of her programmes, and never her own."""
    programmes = programmes_accredited_by(user).values("pk")
    others = Accreditation.objects.filter(
        what=Accreditation.What.GRANTED, programme__in=programmes
    ).select_related("person", "programme")
    return others.exclude(person__user=user.pk)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def accreditation_withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Explains what follows, asks for the reason, and withdraws; a second time changes nothing."""
    known = get_object_or_404(decided_by(request.user), pk=uuid)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        withdraw(known, form.cleaned_data["reason"], cast("User", request.user))
        messages.success(
            request, _("The accreditation of {name} is withdrawn.").format(name=known.person)
        )
        return redirect("accreditations")
    context = {"form": form, "accreditation": known, "is_over": known.corrections.exists()}
    return render(request, "training/accreditation_withdraw.html", context)
