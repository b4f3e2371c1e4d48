"""Addresses of rows; a page has a hundred of them, and most were asked for before."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse


def address(name: str, key: str) -> str:
    """Return the address of the route `name` for a row's slug or public id."""
    return _address(get_script_prefix(), name, key)


@lru_cache(maxsize=20_000)
def _address(prefix: str, name: str, key: str) -> str:
    return reverse(name, args=[key])
