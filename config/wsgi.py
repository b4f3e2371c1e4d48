"""The entry point of a web server such as gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from config.checks import refuse_to_start_wrong

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
refuse_to_start_wrong()
