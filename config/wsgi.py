"""The entry point of a web server such as gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from config.bodies import whole_bodies
from config.checks import refuse_to_start_wrong

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = whole_bodies(get_wsgi_application())
refuse_to_start_wrong()
# Views, forms and what they import are loaded now and not by the first reader.
get_resolver().url_patterns  # noqa: B018  # reading it is what loads them
# What a worker has loaded stays. Going through it again and again, because a page makes more
# objects than the collector's small thresholds, took up to an eighth of every page's time.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
