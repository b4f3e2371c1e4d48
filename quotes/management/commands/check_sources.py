"""Compare saved copies of sources with the record."""

import sys
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quotes.models import Article
from quotes.sources import Finding, Found, articles_of, compare

LARGEST = 20_000_000


class Command(BaseCommand):
    help = (
        "Compare saved copies of articles (plain text) with the published quotes: which stand "
        "where they stood, which moved, changed or are missing. Exits 1 when any changed or is "
        "missing. Nothing is fetched and nothing is written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a saved copy")
        parser.add_argument("--article", help="the id of the article, when it is not found by text")

    def handle(self, *args: Any, files: list[Path], article: str | None, **options: Any) -> None:
        counts: Counter[str] = Counter()
        for path in files:
            counts.update(self._check(path, article))
        self.stdout.write(", ".join(f"{counts[found]} {found}" for found in Found))
        if counts[Found.CHANGED] or counts[Found.MISSING]:
            sys.exit(1)

    def _check(self, path: Path, wanted: str | None) -> list[str]:
        text = _read(path)
        articles = [a for a in articles_of(text, path.name) if wanted in (None, a.public_id)]
        if wanted and not articles:
            articles = list(Article.objects.published().filter(public_id=wanted))
        if not articles:
            raise CommandError(f"{path}: no published article has this text, name or headline.")
        found = []
        for article in articles:
            self.stdout.write(f"{path.name}: article {article.public_id}")
            for finding in compare(article, text):
                found.append(str(finding.found))
                if finding.found != Found.UNCHANGED:
                    self.stdout.write(f"  {_line(finding)}")
        return found


def _line(finding: Finding) -> str:
    text = f"{finding.quote.public_id} {finding.found}: “{finding.quote.text}”"
    return f"{text} is now “{finding.words}”" if finding.words else text


def _read(path: Path) -> str:
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            raise CommandError(f"{path}: not a file, or larger than {LARGEST:,} bytes.")
        return path.read_bytes().decode()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path}: not UTF-8 text.") from error
