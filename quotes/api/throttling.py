"""How often one client may ask: so many requests a minute, counted by all processes together."""

import logging
import time
from hashlib import sha256

from django.conf import settings
from django.core.cache import caches
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from base.clients import client_address

MINUTE = 60
log = logging.getLogger(__name__)


class PerMinute(BaseThrottle):
    """A share for each minute of the clock; the next share begins with the next minute.

    Two processes that count in the same instant may count once: it keeps one client from taking
    all, and no more is claimed (DRF's own throttles are no stricter). A cache that can't be
    written lets everybody in.
    """

    def allow_request(self, request: Request, view: APIView) -> bool:
        most: int = settings.API_PER_MINUTE
        if not most:
            return True
        # No address is kept: a hash that only this site can make, for a minute.
        client = f"{settings.SECRET_KEY}{client_address(request._request)}"
        name = sha256(client.encode()).hexdigest()[:32]
        key = f"api:{int(time.time() // MINUTE)}:{name}"
        cache = caches["shared"]
        try:
            count = 1 if cache.add(key, 1, timeout=2 * MINUTE) else cache.incr(key)
        except (OSError, ValueError):
            log.warning("The shared cache can't be used; nobody is counted.", exc_info=True)
            return True
        return count <= most

    def wait(self) -> float:
        return MINUTE - time.time() % MINUTE
