"""The state of the record and of this process as numbers, in Prometheus' text format."""

from collections.abc import Iterator
from pathlib import Path

from django.db import connection
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config import counters
from quotes.models import Article, Quote, QuoteVersion, Report, Stance, StanceCoding

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
Sample = tuple[str, dict[str, str], float]
KINDS = {"requests_total": "counter", "request_seconds": "histogram"}


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    return HttpResponse(text([*record(), *counters.samples()]), content_type=CONTENT_TYPE)


def record() -> Iterator[Sample]:
    """Yield how much of everything there is."""
    statuses = Quote.objects.order_by().values_list("status").annotate(Count("pk"))
    for status, number in sorted(statuses):
        yield "quotes", {"status": status}, number
    for model in (Article, QuoteVersion, Stance, StanceCoding):
        yield f"{model._meta.verbose_name_plural}".replace(" ", "_"), {}, model.objects.count()
    yield "reports_open", {}, Report.objects.filter(decided_at__isnull=True).count()
    yield "database_bytes", {}, database_bytes()


def database_bytes() -> int:
    if connection.vendor == "sqlite":
        return Path(connection.settings_dict["NAME"]).stat().st_size
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def text(samples: list[Sample]) -> str:
    """Return samples in the order given, each name's kind before its first line."""
    lines: list[str] = []
    told: set[str] = set()
    for name, labels, value in samples:
        family = name
        for ending in ("_bucket", "_sum", "_count"):
            family = family.removesuffix(ending)
        if family not in told:
            told.add(family)
            lines.append(f"# TYPE ontherecord_{family} {KINDS.get(family, 'gauge')}")
        inner = ",".join(f'{key}="{word}"' for key, word in labels.items())
        lines.append(f"ontherecord_{name}{{{inner}}} {value:g}")
    return "\n".join(lines) + "\n"
