"""Settings that must not reach readers: each is a system check with an id and the way to mend it.

Every manage.py command runs them; config/wsgi.py runs them for web servers, which do not.
docs/settings.md lists the ids.
"""

import ipaddress
from collections.abc import Sequence
from typing import Any, cast

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from config.sqlite import WAL

# The same bounds as Django's security.W009, but here they stop the start.
SECRET_KEY_LENGTH = 50
SECRET_KEY_DIFFERENT = 5
INSECURE_PREFIX = "django-insecure-"
MAKE_A_KEY = 'python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
Apps = Sequence[AppConfig] | None


def production(app_configs: Apps = None, **kwargs: Any) -> list[CheckMessage]:
    """Return what makes these settings unfit for readers; an empty list lets the site start."""
    if settings.DEBUG:
        return debug_is_private()
    return [*secret_key_is_secret(), *hosts_are_named(), *logins_are_encrypted()]


def debug_is_private() -> list[CheckMessage]:
    """DEBUG shows settings and code to whoever makes a page fail."""
    open_to = [host for host in settings.ALLOWED_HOSTS if not is_this_machine(host)]
    if not open_to:
        return []
    return [
        Error(
            f"DEBUG is on and ALLOWED_HOSTS lets others in: {', '.join(open_to)}.",
            hint="Set DEBUG=false for a site that others reach, or ALLOWED_HOSTS=localhost.",
            id="config.E004",
        )
    ]


def secret_key_is_secret() -> list[CheckMessage]:
    """Who can guess the key can log in as anybody."""
    key = settings.SECRET_KEY
    if key.startswith(INSECURE_PREFIX):
        fault = f"SECRET_KEY starts with {INSECURE_PREFIX!r}, so it was made for development."
    elif len(key) < SECRET_KEY_LENGTH:
        fault = f"SECRET_KEY has {len(key)} characters, fewer than {SECRET_KEY_LENGTH}."
    elif len(set(key)) < SECRET_KEY_DIFFERENT:
        fault = f"SECRET_KEY has only {len(set(key))} different characters."
    else:
        return []
    return [Error(fault, hint=f"Set SECRET_KEY to the output of: {MAKE_A_KEY}", id="config.E001")]


def hosts_are_named() -> list[CheckMessage]:
    """With any host allowed, a forged Host header writes its name into our links."""
    hint = "Set ALLOWED_HOSTS to the site's own names, for example: quotes.example.org"
    if not settings.ALLOWED_HOSTS:
        return [Error("ALLOWED_HOSTS is empty: no address answers.", hint=hint, id="config.E002")]
    wide = [host for host in settings.ALLOWED_HOSTS if host in {"*", ".", "*."}]
    if wide:
        fault = f"ALLOWED_HOSTS contains {wide[0]!r}: any address answers."
        return [Error(fault, hint=hint, id="config.E003")]
    return []


def logins_are_encrypted() -> list[CheckMessage]:
    """Over plain http, passwords can be read on the way."""
    names = [host for host in settings.ALLOWED_HOSTS if not is_this_machine(host)]
    if settings.SECURE_SSL_REDIRECT or not names:
        return []
    return [
        Error(
            f"HTTPS_ONLY is off on a site that others reach: {', '.join(names)}.",
            hint="Remove HTTPS_ONLY=false; behind a proxy that does TLS set BEHIND_TLS_PROXY=true.",
            id="config.E005",
        )
    ]


def sqlite_is_sound(app_configs: Apps = None, **kwargs: Any) -> list[CheckMessage]:
    """Say (in `check --deploy` only) that no sound SQLite was found: readers wait for writers."""
    if connection.vendor != "sqlite" or settings.SQLITE_JOURNAL == WAL:
        return []
    version = cast(Any, connection).Database.sqlite_version
    return [
        Info(
            f"SQLite {version} has a fault in WAL mode: the rollback "
            "journal is used, and readers wait while a change is written.",
            hint="Install the package pysqlite3, or use PostgreSQL (DATABASE_URL).",
            id="config.I001",
        )
    ]


def is_this_machine(host: str) -> bool:
    """Say whether an entry of ALLOWED_HOSTS admits only requests from this machine."""
    name = host.strip().removeprefix("[").removesuffix("]").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def refuse_to_start_wrong() -> None:
    """Stop a web server that is about to serve with unfit settings.

    An exception, not an exit: a server that finds its worker gone starts another, for ever.
    """
    faults = [message for message in production() if message.is_serious()]
    if faults:
        lines = [f"{fault.id}: {fault.msg} {fault.hint}" for fault in faults]
        raise ImproperlyConfigured("Not started.\n" + "\n".join(lines))
