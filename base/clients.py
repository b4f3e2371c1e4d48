"""Which address a request came from."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the client's address: the peer's, or what our own proxies say of it.

    Each proxy adds the address that it was called from at the end of X-Forwarded-For; what stands
    before the entries of our TRUSTED_PROXIES proxies was written by the client and says nothing.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.TRUSTED_PROXIES:
        return peer
    named = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if len(named) < settings.TRUSTED_PROXIES or not named[-settings.TRUSTED_PROXIES]:
        return peer
    return named[-settings.TRUSTED_PROXIES]
