"""How long a session lasts, and whom it lets in before the second factor.

ASVS 5.0 7.3: an end after a time without use and an end whatever the use. 6.3.3: a second factor.
"""

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject
from django_otp import user_has_device

SINCE, SEEN, FACTOR = "signed_in", "seen", "second_factor"
# Writing the time of each request would make every page a write.
STEP = 60


class SessionRules:
    """End sessions that are too old, and give one without its second factor no rights at all.

    To every other part of the site such a user is anonymous; only the page that asks for the
    factor knows better, by `request.half_signed_in`. Works on the user when it is first asked
    for, so a public page that never asks costs nothing and does not vary by cookie.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        request.half_signed_in = SimpleLazyObject(partial(_half, request, user))  # type: ignore[attr-defined]
        request.user = SimpleLazyObject(partial(_allowed, request, user))  # type: ignore[assignment]
        if (
            request.path == reverse("admin:login")
            and request.method == "GET"
            and _half(request, user)
        ):
            address = reverse("second_factor")
            following = request.GET.urlencode()
            return redirect(f"{address}?{following}" if following else address)
        response = self.get_response(request)
        if request.path.startswith(reverse("admin:index")):
            # Whatever stands there is for who asked: Django says so of most of its pages only.
            add_never_cache_headers(response)
        return response


def needs_factor(request: HttpRequest) -> bool:
    return bool(settings.REQUIRE_SECOND_FACTOR or request.session.get(FACTOR))


def connect() -> None:
    user_logged_in.connect(_begin, dispatch_uid="staff.sessions")


def _begin(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    if request is not None and hasattr(request, "session"):
        now = int(time.time())
        request.session.update({SINCE: now, SEEN: now, FACTOR: user_has_device(user)})


def _half(request: HttpRequest, user: Any) -> Any:
    """Return who has given the password and not yet the second factor, else None."""
    if not user.is_authenticated or _too_old(request):
        return None
    return user if needs_factor(request) and not user.is_verified() else None


def _allowed(request: HttpRequest, user: Any) -> Any:
    if not user.is_authenticated:
        return user
    if _too_old(request):
        request.user = user
        logout(request)
        return AnonymousUser()
    if needs_factor(request) and not user.is_verified():
        return AnonymousUser()
    _note_use(request)
    return user


def _too_old(request: HttpRequest) -> bool:
    now, session = time.time(), request.session
    unused = now - session.get(SEEN, 0) > settings.SESSION_IDLE_SECONDS
    return bool(unused or now - session.get(SINCE, 0) > settings.SESSION_COOKIE_AGE)


def _note_use(request: HttpRequest) -> None:
    now = int(time.time())
    if now - request.session[SEEN] >= STEP:
        request.session[SEEN] = now
