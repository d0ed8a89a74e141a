"""The public page of a certificate, its PDF, looking one up, and ending one."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learning.certificates.forms import LookUpForm, RevokeForm
from learning.certificates.freezing import LANGUAGES
from learning.certificates.keys import to_text
from learning.certificates.models import Certificate
from learning.certificates.permissions import certificates_revocable_by
from learning.certificates.printing import pdf_of
from learning.certificates.revoking import revoke
from learning.certificates.serials import canonical
from learning.certificates.showing import view_of
from learning.certificates.signing import public_keys
from learning.certificates.standing import look_up, with_all_it_needs
from learning.people.models import User
from learning.people.roles import AnyUser
from learning.people.second_factor import is_missing, needed_page

type View = Callable[..., HttpResponseBase]
type Scope = Callable[[AnyUser], QuerySet[Certificate]]


def unlisted(view: View) -> View:
    """No search engine lists the answer and nobody keeps it: it may be another tomorrow."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapped


@unlisted
@require_safe
def certificate(
    request: HttpRequest, token: str, revocable_by: Scope = certificates_revocable_by
) -> HttpResponse:
    """How a certificate stands, in one word first. An unknown one takes the same way, as 404.

    `revocable_by`: who may end it; rooms above that know more give a wider scope.
    """
    found = look_up(token)
    own = revocable_by(request.user).filter(token=token)
    may_revoke = found.certificate is not None and not request.user.is_anonymous and own.exists()
    context = {
        "view": view_of(found, get_language() or "en"),
        "form": LookUpForm(),
        "may_revoke": may_revoke,
        "checked_at": timezone.now(),
    }
    status = 404 if found.certificate is None else 200
    return render(request, "certificates/certificate.html", context, status=status)


@unlisted
@require_safe
def certificate_pdf(request: HttpRequest, token: str) -> HttpResponse:
    """The certificate on paper, in `?lang=`; whatever is not valid leads to its page instead."""
    asked = request.GET.get("lang", "en")
    language = asked if asked in LANGUAGES else "en"
    found = look_up(token)
    if not found.is_valid or found.certificate is None:
        with translation.override(language):
            return redirect("certificate", token)
    name = f"{found.certificate.serial}-{language}.pdf"
    return HttpResponse(
        pdf_of(found.certificate, language),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


@require_safe
def certificate_keys(request: HttpRequest) -> HttpResponse:
    """The public keys as a JSON Web Key Set (RFC 7517, RFC 8037), for checking without us."""
    keys = [
        {"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": key.name,
         "x": to_text(key.data)}
        for key in public_keys()
    ]  # fmt: skip
    return JsonResponse({"keys": keys}, headers={"Access-Control-Allow-Origin": "*"})


@unlisted
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Looks a certificate up by its number and name, or reads what its code holds."""
    form = LookUpForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        number = canonical(request.POST.get("number", ""))[:40]
        limited = consume_or_429(request, action="verify_certificate", key=f"number:{number}")
        if limited:
            return limited
        if form.is_valid():
            return redirect("certificate", form.token)
    return render(request, "certificates/verify.html", {"form": form})


@unlisted
@login_required
@require_http_methods(["GET", "POST"])
def certificate_revoke(
    request: HttpRequest, token: str, revocable_by: Scope = certificates_revocable_by
) -> HttpResponse:
    """Explains, asks for the reason, and at a POST with one ends the certificate for good."""
    own = with_all_it_needs(revocable_by(request.user))
    found = get_object_or_404(own, token=token)
    if is_missing(request):
        return needed_page(request, status=403)
    form = RevokeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        revoke(found, cast("User", request.user), **form.cleaned_data)
        messages.success(request, _("The certificate is revoked. Its page says so from now on."))
        return redirect("certificate", token)
    context = {"view": view_of(look_up(token), get_language() or "en"), "form": form}
    return render(request, "certificates/revoke.html", context)
