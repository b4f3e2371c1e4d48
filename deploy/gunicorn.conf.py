"""How the site's web server runs: `gunicorn config.wsgi --config deploy/gunicorn.conf.py`."""

import os

# A socket for a proxy on this machine, or an address for one elsewhere.
bind = os.environ.get("BIND", "unix:/run/ontherecord/web.sock")
# Threads, because a reader on a slow line keeps one busy and must not keep a process busy.
worker_class = "gthread"
workers = int(os.environ.get("WORKERS", "2"))
threads = int(os.environ.get("THREADS", "16"))
timeout = 60
graceful_timeout = 25
# A worker is replaced now and then, not all at one moment: no leak lives long.
max_requests = 20_000
max_requests_jitter = 2_000
# Nothing we answer to needs more; what is longer is refused before it reaches the site.
limit_request_line = 4094
limit_request_fields = 50
# Nobody commands the server but the system's own service manager.
control_socket_disable = True
# The site writes its own line for each request, with the request's id.
accesslog = None
errorlog = "-"
