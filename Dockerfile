# The site as an image: docker build -t ontherecord . (docs/deployment.md)
FROM python:3.13-slim AS build
WORKDIR /srv/ontherecord
COPY requirements/base.txt requirements/base.txt
RUN python -m venv .venv && \
    .venv/bin/pip install --no-cache-dir --require-hashes -r requirements/base.txt
COPY . .
# The files' names come from their contents; no secret is needed to copy them.
RUN DEBUG=false SECRET_KEY=only-to-collect-static-files-0123456789abcdefghijklmnop \
    ALLOWED_HOSTS=localhost .venv/bin/python manage.py collectstatic --noinput

FROM python:3.13-slim
RUN useradd --system --create-home --home-dir /data ontherecord && \
    apt-get update && apt-get install --yes --no-install-recommends postgresql-client && \
    rm -rf /var/lib/apt/lists/*
WORKDIR /srv/ontherecord
COPY --from=build /srv/ontherecord .
USER ontherecord
ENV MALLOC_ARENA_MAX=2 DATA_DIR=/data BIND=0.0.0.0:8000 PATH=/srv/ontherecord/.venv/bin:$PATH
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s CMD ["python", "-c", "import http.client as c; h = c.HTTPConnection('127.0.0.1', 8000, timeout=2); h.request('GET', '/healthz', headers={'Host': 'localhost', 'X-Forwarded-Proto': 'https'}); raise SystemExit(h.getresponse().status != 200)"]
CMD ["gunicorn", "config.wsgi", "--config", "deploy/gunicorn.conf.py"]
