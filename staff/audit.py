"""What must be known afterwards: one line for each event, to the log named `audit`.

Who, when, what, from where, and under which request id (ASVS 5.0 16.2). Never a password, a code or
a session's key; and every value is written as JSON, so that no name can begin a line of its own.
"""

import json
import logging
from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth.models import Group, User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import m2m_changed
from django.http import HttpRequest
from simple_history.models import HistoricalRecords
from simple_history.signals import post_create_historical_record

from base.clients import client_address

LOG = logging.getLogger("audit")


def record(event: str, request: HttpRequest | None = None, **facts: Any) -> None:
    """Write one event; a user among the facts is written by name and number."""
    line: dict[str, Any] = {"event": event}
    if request is not None:
        line["address"] = client_address(request)
        line["path"] = request.path
    for name, value in facts.items():
        is_user = isinstance(value, User)
        line[name] = {"id": value.pk, "name": value.get_username()} if is_user else value
    LOG.info("%s", json.dumps(line, ensure_ascii=True, default=str), extra={"facts": line})


def connect() -> None:
    user_logged_in.connect(_signed_in, dispatch_uid="staff.audit")
    user_logged_out.connect(_signed_out, dispatch_uid="staff.audit")
    user_login_failed.connect(_failed, dispatch_uid="staff.audit")
    user_locked_out.connect(_locked, dispatch_uid="staff.audit")
    m2m_changed.connect(_roles_changed, sender=User.groups.through, dispatch_uid="staff.audit")
    post_create_historical_record.connect(_changed, dispatch_uid="staff.audit")


def _signed_in(request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    record("password accepted", request, user=user)


def _signed_out(request: HttpRequest | None, user: User | None, **kwargs: Any) -> None:
    record("signed out", request, user=user)


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    record("sign-in failed", request, name=str(credentials.get("username", ""))[:150])


def _locked(request: HttpRequest | None = None, username: str = "", **kwargs: Any) -> None:
    record("sign-in locked", request, name=str(username)[:150])


def _roles_changed(action: str, instance: Any, pk_set: set[int] | None, **kwargs: Any) -> None:
    if action in ("post_add", "post_remove", "post_clear") and isinstance(instance, User):
        names = list(Group.objects.filter(pk__in=pk_set or ()).values_list("name", flat=True))
        record(f"roles {action.removeprefix('post_')}", user=instance, groups=sorted(names))


def _changed(instance: Any, history_instance: Any, history_user: Any, **kwargs: Any) -> None:
    """A record was made, changed or removed; its history holds the values, this only the fact.

    Of a command (a load, an ingest) the history alone tells: a line for each of a million rows
    would bury the rest.
    """
    request = getattr(HistoricalRecords.context, "request", None)
    if request is None:
        return
    record(
        "record changed",
        request,
        kind=instance._meta.label_lower,
        row=instance.pk,
        how={"+": "made", "~": "changed", "-": "removed"}[history_instance.history_type],
        status=getattr(instance, "status", None),
        why=history_instance.history_change_reason or "",
        by=history_user,
    )
