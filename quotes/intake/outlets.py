"""Which outlet printed a document: by the name it prints, else by the site it came from."""

from urllib.parse import urlsplit

from quotes.models import Outlet


def match_outlet(name: str, url: str, *, create: bool = False) -> tuple[Outlet | None, str]:
    """Return the outlet and, when the document does not print its name, what it was inferred from.

    A printed name that no outlet has yet is left to an editor, unless `create` says to add it.
    """
    if name:
        found = Outlet.objects.filter(name__iexact=name).order_by("pk").first()
        if found is None and create:
            found = Outlet.objects.create(name=name)
        if found is not None:
            return found, ""
    found = _of_site(url)
    if found is not None:
        return found, f"Inferred from the address {url}"[:300]
    return None, f"Printed as “{name}”; no outlet has that name yet."[:300] if name else ""


def site(url: str) -> str:
    """Return the host of an address without "www."."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _of_site(url: str) -> Outlet | None:
    """Return the one outlet whose own site the address belongs to."""
    host = site(url)
    if not host:
        return None
    near = Outlet.objects.filter(url__icontains=host.split(".", 1)[-1]).order_by("pk")
    found = [outlet for outlet in near if _belongs(host, site(outlet.url))]
    return found[0] if len(found) == 1 else None


def _belongs(host: str, own: str) -> bool:
    return bool(own) and (host == own or host.endswith(f".{own}"))
