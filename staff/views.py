"""The page that asks for the second factor, or sets it up."""

from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django_otp import login as remember
from django_otp.plugins.otp_static.models import StaticToken

from staff import factor
from staff.audit import record
from staff.forms import CodeForm

WRONG = "That is not the code of this moment. Wait for the next one, then try again."


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for a code; set a device up first where there is none, or where a new one is wanted."""
    half = request.half_signed_in or None  # type: ignore[attr-defined]
    user = half or (request.user if request.user.is_authenticated else None)
    if user is None:
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    if factor.device_of(user) is None or (half is None and "new" in request.GET):
        return _set_up(request, user)
    if half is None:
        return render(request, "staff/factor_stands.html", _context(request, user))
    return _ask(request, user)


def _ask(request: HttpRequest, user: User) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        device = factor.verify(user, form.cleaned_data["code"])
        if device is not None:
            _enter(request, user, device)
            return redirect(_following(request))
        record("second factor failed", request, user=user)
        form.add_error("code", WRONG)
    return render(request, "staff/factor_ask.html", _context(request, user, form=form))


def _set_up(request: HttpRequest, user: User) -> HttpResponse:
    device = factor.new_device(user)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        codes = factor.confirm(device, form.cleaned_data["code"])
        if codes is not None:
            record("second factor set up", request, user=user)
            _enter(request, user, device)
            context = _context(request, user, codes=codes, following=_following(request))
            return render(request, "staff/factor_codes.html", context)
        form.add_error("code", WRONG)
    context = _context(
        request, user, form=form, key=factor.key(device), picture=factor.picture(device)
    )
    return render(request, "staff/factor_set_up.html", context)


def _enter(request: HttpRequest, user: User, device: Any) -> None:
    """Let the session in, under a new key: what was known of it before lets nobody in now."""
    user.otp_device = None  # type: ignore[attr-defined]
    request.user = user
    remember(request, device)
    request.session.cycle_key()
    record("signed in", request, user=user)


def _following(request: HttpRequest) -> str:
    """Return where to go next: a page of this site, else the editors' first page."""
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else reverse("admin:index")


def _context(request: HttpRequest, user: User, **more: Any) -> dict[str, Any]:
    left = StaticToken.objects.filter(device__user=user).count()
    return {"account": user.get_username(), "codes_left": left} | more
