"""Production's settings; style sheets keep their names, so that nothing has to be collected."""

from config.settings import *  # noqa: F403
from config.settings import STORAGES

STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
