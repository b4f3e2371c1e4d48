"""The environment every test runs in: production's rules, nothing of the person who runs them.

pytest loads this first (`-p tests.environment` in pyproject.toml), before Django reads its
settings. Only DATABASE_URL and CI come through from outside.
"""

import os
import tempfile

# Kept for the whole run, removed at its end: no test may touch a real data folder.
_data = tempfile.TemporaryDirectory(prefix="ontherecord-tests-")

os.environ |= {
    "DEBUG": "false",
    "SECRET_KEY": "only-for-tests-" + "0123456789abcdef" * 4,
    "ALLOWED_HOSTS": "localhost,127.0.0.1",
    "HTTPS_ONLY": "false",
    "CSRF_TRUSTED_ORIGINS": "",
    "BEHIND_TLS_PROXY": "false",
    "REQUIRE_SECOND_FACTOR": "false",
    "SITE_NAME": "On the Record",
    "DATA_DIR": _data.name,
    "LOG_LEVEL": "WARNING",
}
