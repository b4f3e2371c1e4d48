"""How long `verify` takes to walk the chains of 100,000 versions, and whether it finds one byte.

python -m benchmarks.version_chains [versions]
"""

import os
import sys
import time
from datetime import UTC, datetime

os.environ.setdefault("DEBUG", "true")
os.environ.setdefault("DATABASE_URL", "sqlite:///:memory:")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from quotes import versions  # noqa: E402
from quotes.models import Quote, QuoteVersion  # noqa: E402
from quotes.triggers import suspended  # noqa: E402
from tests import factories  # noqa: E402

PER_QUOTE = 5


def fill(count: int) -> None:
    """Write versions of real snapshots, in chains of five."""
    first = factories.quote()
    factories.stance(first, factories.target(), "supports")
    text = first.versions.latest("number").snapshot
    quotes = [
        Quote(article=first.article, kind="direct", public_id=f"{number:08d}")
        for number in range(count // PER_QUOTE)
    ]
    Quote.objects.bulk_create(quotes, batch_size=2_000)
    rows = []
    for quote in quotes:
        before = ""
        for number in range(1, PER_QUOTE + 1):
            row = QuoteVersion(
                quote=quote,
                number=number,
                snapshot=text,
                why="Looked again",
                by_name="editor",
                created_at=datetime.now(UTC),
                previous_hash=before,
            )
            row.hash = before = versions.chained_hash(row, public_id=str(quote.public_id))
            rows.append(row)
    QuoteVersion.objects.bulk_create(rows, batch_size=2_000)


def walk() -> tuple[float, list[str]]:
    begun = time.perf_counter()
    faults = list(versions.broken_links())
    return time.perf_counter() - begun, faults


def main(count: int) -> None:
    call_command("migrate", verbosity=0)
    fill(count)
    seconds, faults = walk()
    print(
        f"{QuoteVersion.objects.count()} versions walked in {seconds:.2f} s, {len(faults)} faults"
    )
    assert not faults
    planted = QuoteVersion.objects.order_by("pk")[count // 2]
    with suspended():
        flipped = planted.snapshot.replace("boat", "coat", 1)
        QuoteVersion.objects.filter(pk=planted.pk).update(snapshot=flipped)
    seconds, faults = walk()
    print(f"one byte flipped: {seconds:.2f} s, found as: {faults}")
    assert faults == [f"version {planted}: the content differs from its hash"]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
