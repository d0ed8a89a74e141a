"""Pages of accounts that allauth does not have: the menu, codes on paper, the second factor."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.utils import complete_signup
from allauth.core.ratelimit import consume_or_429
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from learning.people import codes, second_factor
from learning.people.access_codes import AccessCode
from learning.people.adapter import has_second_factor
from learning.people.forms import ClaimCodeForm, ClaimForm, ResetCodeForm
from learning.people.person_forms import LanguageForm
from learning.people.usernames import normalise

type View = Callable[[HttpRequest], HttpResponse]

CLAIM_SESSION_KEY = "claim_code"


# --- your account --------------------------------------------------------------------------------


@never_cache
@login_required
def your_account(request: HttpRequest) -> HttpResponse:
    """The menu: what there is to set, and how it stands."""
    person = getattr(request.user, "person", None)
    form = LanguageForm(request.POST or None, instance=person) if person else None
    if form is not None and form.is_valid():
        form.save()
        messages.success(request, _("Your language is saved."))
        return redirect("your_account")
    context = {"form": form, "second_factor": has_second_factor(request.user)}
    return render(request, "account/your_account.html", context)


# The first that a browser's own description contains; the order matters, they quote each other.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


def device_name(user_agent: str) -> str:
    """For example "Chrome, Android"; a device that says nothing we know is "another device"."""
    found = [
        next((name for mark, name in names.items() if mark in user_agent), "")
        for names in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(filter(None, found)) or _("another device")


class SessionsView(ListUserSessionsView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        for session in context["sessions"]:
            session.device = device_name(session.user_agent)
        return context


sessions = never_cache(SessionsView.as_view())


@never_cache
@login_required
def second_factor_needed(request: HttpRequest) -> HttpResponse:
    if not second_factor.is_missing(request):
        return redirect("mfa_index")
    return second_factor.needed_page(request)


# --- codes on paper ------------------------------------------------------------------------------


@sensitive_post_parameters()
@never_cache
def reset_code(request: HttpRequest) -> HttpResponse:
    """A new password for who has a code from an administrator instead of an e-mail address."""
    form = ResetCodeForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        limited = consume_or_429(
            request, action="redeem_code", key=f"reset:{normalise(typed['username'])}"
        )
        if limited:
            return limited
        try:
            user = codes.reset_password(typed["username"], typed["code"], typed["password1"])
        except codes.CodeRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            adapter = get_adapter()
            adapter.forget_failed_attempts(request, user)
            adapter.send_notification_mail("account/email/password_reset", user)
            messages.success(request, _("Your new password is saved. Sign in with it."))
            return redirect("account_login")
    return render(request, "account/reset_code.html", {"form": form})


def for_visitors(view: View) -> View:
    """Who is signed in has an account: a second one would end her session unasked."""

    @wraps(view)
    def wrapped(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            messages.info(request, _("You have an account. Sign out first to open another."))
            return redirect("your_account")
        return view(request)

    return wrapped


@never_cache
@for_visitors
def claim(request: HttpRequest) -> HttpResponse:
    """First step to one's own record: the code. It stays unused until the account is open."""
    form = ClaimCodeForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data["code"]
        purpose = AccessCode.Purpose.CLAIM
        limited = consume_or_429(
            request, action="redeem_code", key=f"claim:{codes.digest_of(typed, purpose)}"
        )
        if limited:
            return limited
        try:
            request.session[CLAIM_SESSION_KEY] = codes.find_code(typed, purpose).pk
        except codes.CodeRefused as refusal:
            form.add_error("code", str(refusal))
        else:
            return redirect("claim_account")
    return render(request, "account/claim.html", {"form": form})


def open_claimed_account(request: HttpRequest, form: ClaimForm) -> HttpResponse:
    limited = consume_or_429(request, action="signup")
    if limited:
        return limited
    user, refused = form.try_save(request)
    if user is None:
        return refused or redirect("claim_account")
    del request.session[CLAIM_SESSION_KEY]
    return complete_signup(request, user, None, None)


@sensitive_post_parameters()
@never_cache
@for_visitors
def claim_account(request: HttpRequest) -> HttpResponse:
    """Second step: username and password for the person the code stands for."""
    try:
        access_code = codes.find_claim(request.session.get(CLAIM_SESSION_KEY, 0))
        form = ClaimForm(request.POST or None, access_code=access_code)
        if form.is_valid():
            return open_claimed_account(request, form)
    except codes.CodeRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("claim")
    context = {"form": form, "name": access_code.person.name() if access_code.person.names else ""}
    return render(request, "account/claim_account.html", context)
