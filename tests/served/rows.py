"""Editors who are signed in and a record that they all change: `python -m tests.served.rows 4`.

Prints what the tests need to know of them as JSON.
"""

import json
import sys
import time
from importlib import import_module

import django


def main(count: int) -> None:
    django.setup()
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from quotes.models import Quote
    from staff.sessions import FACTOR, SEEN, SINCE
    from tests import factories

    engine, now = import_module(settings.SESSION_ENGINE), int(time.time())
    sessions: list[str] = []
    for _ in range(count):
        user = factories.user("editor", username=f"editor-{len(sessions)}")
        session = engine.SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.update({SINCE: now, SEEN: now, FACTOR: False})
        session.save()
        sessions.append(session.session_key)
    found = {
        "sessions": sessions,
        "organization": factories.organization("Harbour Office").pk,
        "quotes": list(Quote.objects.published().values_list("public_id", flat=True)[:20]),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]))
