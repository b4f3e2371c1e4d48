"""All settings, each read from the environment by a typed reader. See docs/settings.md."""

import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from config import sqlite as sqlite_library
from config.env import Environment
from config.sections import SECTIONS

env = Environment()
BASE_DIR = Path(__file__).resolve().parent.parent

# --- What kind of process this is -----------------------------------------------------------
DEBUG = env.flag("DEBUG", default=False)
SECRET_KEY = env.text("SECRET_KEY")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Set it to at least 50 random characters, for example the "
            'output of: python3 -c "import secrets; print(secrets.token_urlsafe(50))". '
            "For development set DEBUG=true instead."
        )
    # Development only: sessions end when the server restarts, and nothing secret is in the code.
    SECRET_KEY = secrets.token_urlsafe(50)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS") or (["127.0.0.1", "localhost"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
SITE_NAME = env.text("SITE_NAME", "On the Record")
# Who answers corrections: an e-mail address or a web address, shown on the page about the site.
CONTACT = env.text("CONTACT")
# The collection's policy: whether a quote's page shows each coder's value, or only how many coded.
SHOW_CODER_VALUES = env.flag("SHOW_CODER_VALUES", default=False)

# --- Where things are kept ------------------------------------------------------------------
DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / "data")))
DATABASE_URL = env.text("DATABASE_URL")
# Integer columns that count large collections; rebuilt whenever they are lost (docs/scaling.md).
COLUMNS_DIR = Path(env.text("COLUMNS_DIR", str(DATA_DIR / "columns")))
COLUMNS_FROM = env.number("COLUMNS_FROM", 20_000)
# Seconds that a connection is kept for the next request.
CONN_MAX_AGE = env.number("DATABASE_CONN_MAX_AGE", 60)
# A statement of a page that takes longer is cut off (base/limits.py); 0 sets no limit.
QUERY_SECONDS = env.number("QUERY_SECONDS", 5)
KEYS_KEPT_MB = env.number("KEYS_KEPT_MB", 32)
SQLITE_JOURNAL = sqlite_library.journal()
POSTGRESQL = "django.db.backends.postgresql"


def database() -> dict[str, Any]:
    """Return SQLite in DATA_DIR, or the PostgreSQL of DATABASE_URL."""
    if not DATABASE_URL:
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        return sqlite(DATA_DIR / "ontherecord.sqlite3")
    parsed = dict(dj_database_url.parse(DATABASE_URL))
    if parsed["ENGINE"] == "django.db.backends.sqlite3":
        return sqlite(Path(str(parsed["NAME"])))
    if parsed["ENGINE"] != POSTGRESQL:
        raise ImproperlyConfigured("DATABASE_URL: only postgres:// and sqlite:// are supported.")
    return postgresql(parsed)


def postgresql(parsed: dict[str, Any]) -> dict[str, Any]:
    """Return PostgreSQL as pages need it: nothing waits or runs for long."""
    limits = f"-c statement_timeout={1000 * QUERY_SECONDS} -c lock_timeout=3000"
    parsed |= {
        "CONN_MAX_AGE": CONN_MAX_AGE,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "options": f"{limits} -c idle_in_transaction_session_timeout=15000",
            # A server that is away is away at once, not after minutes.
            "connect_timeout": 3,
        },
    }
    return parsed


def sqlite(path: Path) -> dict[str, Any]:
    """Return SQLite as four editors need it: IMMEDIATE for correctness, WAL for speed."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # A new connection reads the whole schema, its hundred triggers with it: milliseconds.
        "CONN_MAX_AGE": CONN_MAX_AGE,
        # A file, as in real life: a database in memory locks in a way of its own.
        "TEST": {"NAME": path.with_name("test.sqlite3")},
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": (
                f"PRAGMA journal_mode={SQLITE_JOURNAL};PRAGMA synchronous=NORMAL;"
                "PRAGMA foreign_keys=ON;PRAGMA journal_size_limit=67108864;"
            ),
        },
    }


def replicas() -> dict[str, dict[str, Any]]:
    """Return the copies of the database that public reads may go to, by their names here."""
    found = {}
    for number, url in enumerate(env.words("REPLICA_URLS"), 1):
        parsed = dict(dj_database_url.parse(url))
        if not parsed["ENGINE"] == DATABASES["default"]["ENGINE"] == POSTGRESQL:
            raise ImproperlyConfigured(
                "REPLICA_URLS: replicas are postgres://, and DATABASE_URL names their primary."
            )
        found[f"replica-{number}"] = postgresql(parsed) | {"TEST": {"MIRROR": "default"}}
    return found


DATABASES = {"default": database()}
REPLICAS = replicas()
DATABASES |= REPLICAS
# A replica that is further behind is not asked.
REPLICA_LAG_SECONDS = env.number("REPLICA_LAG_SECONDS", 5, least=1)
DATABASE_ROUTERS = ["config.replicas.Router"] if REPLICAS else []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- The application ------------------------------------------------------------------------
INSTALLED_APPS = [
    "config",
    "people",
    "quotes",
    "operations",
    "base.admin.apps.EditorsAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "drf_spectacular",
    "rest_framework",
    "simple_history",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    # After those whose pages in the admin it takes away.
    "staff",
]
MIDDLEWARE = [
    "config.logs.RequestLog",
    # Before the others, so that redirects to https and static files carry the policy too.
    "config.csp.ContentSecurityPolicyMiddleware",
    "config.methods.KnownMethodsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    *(["config.replicas.ReplicaMiddleware"] if REPLICAS else []),
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "staff.sessions.SessionRules",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "base.limits.QueryLimit",
    "quotes.views.errors.GoneMiddleware",
    # Last: it turns a locked sign-in into its answer.
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.site",
            ],
        },
    }
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
EDITING_SECTIONS = SECTIONS
AUTHENTICATION_BACKENDS = [
    # First: a name that failed too often is not even compared.
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# Five wrong passwords for a name from an address: neither counts for anybody elsewhere.
AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "base.clients.client_address"
AXES_LOCKOUT_TEMPLATE = "staff/locked.html"
# What happened is in our own log (staff/audit.py), in one form.
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
OTP_TOTP_ISSUER = SITE_NAME
# How many proxies of our own stand in front and add to X-Forwarded-For.
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)
REQUIRE_SECOND_FACTOR = env.flag("REQUIRE_SECOND_FACTOR", default=not DEBUG)

# --- Data for programs ----------------------------------------------------------------------
# Who coded what is the coders' own until the collection's policy says otherwise.
PUBLISH_CODINGS = env.flag("PUBLISH_CODINGS", default=False)
# Requests to the API that one address may make in a minute; 0 sets no limit.
API_PER_MINUTE = env.number("API_PER_MINUTE", 300)
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Files, so that all processes of a machine count together.
    "shared": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}
REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "quotes.api.problems.handle",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": f"{SITE_NAME}: API",
    "DESCRIPTION": "Quotes with who said them, where, and the position they take. Read-only.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
}

# --- Language, time, static files -----------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG

# --- Security -------------------------------------------------------------------------------
# Plain http is for development and for a test of production settings on one machine only.
HTTPS_ONLY = env.flag("HTTPS_ONLY", default=not DEBUG)
SECURE_SSL_REDIRECT = HTTPS_ONLY
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS_ONLY else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS_ONLY
SECURE_HSTS_PRELOAD = HTTPS_ONLY
SESSION_COOKIE_SECURE = HTTPS_ONLY
CSRF_COOKIE_SECURE = HTTPS_ONLY
SESSION_COOKIE_NAME = "__Host-session" if HTTPS_ONLY else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS_ONLY else "csrf"
CSRF_FAILURE_VIEW = "quotes.views.errors.csrf_failure"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_IDLE_SECONDS = env.number("SESSION_IDLE_SECONDS", 60 * 60)
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Off unless a proxy that strips the header from clients stands in front.
if env.flag("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# --- History --------------------------------------------------------------------------------
# The history row keeps the words of the reason; a long one is a text, not 100 characters.
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
SIMPLE_HISTORY_FILEFIELD_TO_CHARFIELD = True

# --- The log --------------------------------------------------------------------------------
# A statement that takes longer is written to the log; 0 writes none.
SLOW_QUERY_MS = env.number("SLOW_QUERY_MS", 500)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "config.logs.WithRequestId"}},
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {"()": "config.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line" if DEBUG else "json",
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {
        # Django's own handler would print each line a second time.
        "django": {"handlers": [], "level": "INFO"},
        # Development's server prints each request by itself.
        **({"requests": {"level": "WARNING"}} if DEBUG else {}),
        "audit": {"level": "WARNING" if DEBUG else "INFO"},
    },
}
