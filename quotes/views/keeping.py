"""Answers that took long are kept until something public changes."""

import hashlib
import zlib
from collections.abc import Callable
from functools import wraps
from time import perf_counter
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from quotes.changes import state

View = Callable[..., HttpResponse]
SLOW = 0.01
# Whatever the change log should have counted and did not is at most so many seconds old.
SECONDS = 600
LARGEST = 400_000


def kept(view: View) -> View:
    """Answer the same question about the same record from memory, where computing took long.

    For public pages alone: nothing in them depends on who asks.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = _key(request)
        if found := cache.get(key):
            packed, headers = found
            return HttpResponse(zlib.decompress(packed), headers=headers)
        started = perf_counter()
        response = view(request, *args, **kwargs)
        slow = perf_counter() - started >= SLOW
        if slow and response.status_code == 200:
            packed = zlib.compress(response.content, 1)
            if len(packed) <= LARGEST:
                cache.set(key, (packed, dict(response.headers)), SECONDS)
        return response

    return answer


def _key(request: HttpRequest) -> str:
    """Return a key of the question and of the record; a page names its address and the day."""
    now = state()
    asked = sorted((name, tuple(values)) for name, values in request.GET.lists())
    parts = (
        request.build_absolute_uri(request.path),
        asked,
        timezone.localdate(),
        now.epoch,
        now.seq,
    )
    return "answer:" + hashlib.sha256(repr(parts).encode()).hexdigest()
