"""manage.py ingest: documents in, candidates for review out. docs/intake.md."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseError

from base.pool import WorkerError
from people.models import free_slug
from quotes.choices import ArticleKind, Rights
from quotes.intake.report import Report, as_json
from quotes.intake.run import Plan, run, weigh
from quotes.intake.step import Intake
from quotes.models import Outlet
from quotes.parsing import FORMATS, ReadOptions

INTERRUPTED = 130


def column(words: str) -> tuple[str, str]:
    """Read FIELD=COLUMN."""
    field, sign, name = words.partition("=")
    if not (field and sign and name):
        raise ArgumentTypeError(f"{words!r} is not FIELD=COLUMN, as in text=body")
    return field, name


def at_least_one(words: str) -> int:
    if not (words.isascii() and words.isdigit() and int(words)):
        raise ArgumentTypeError(f"{words!r} is not a number of 1 or more")
    return int(words)


class Command(BaseCommand):
    help = (
        "Take in documents (txt, html, pdf, docx) and collections (csv, jsonl): each becomes an "
        "article with candidates for review. Running it again does what is missing and no more."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("paths", nargs="+", type=Path, metavar="PATHS", help="Files, or folders of files.")
        add("--workers", type=at_least_one, default=1, help="How many processes share the work.")
        add(
            "--dask",
            default="",
            metavar="ADDRESS",
            help="A Dask scheduler whose workers do the extraction: tcp://host:8786.",
        )
        add("--dry-run", action="store_true", help="Say what would become of each, store nothing.")
        add("--column", type=column, action="append", default=[], metavar="FIELD=COLUMN")
        add("--format", choices=FORMATS, default="", help="Read every file as this format.")
        add("--encoding", default="", help="The encoding of files that do not declare one.")
        add("--outlet", default="", help="The outlet of all of them; added if it is not there.")
        add("--create-outlets", action="store_true", help="Add outlets that documents print.")
        add("--rights", choices=Rights.values, default=Rights.EXCERPT)
        add("--kind", choices=[kind for kind in ArticleKind.values if kind], default="")
        add("--no-indirect", action="store_true", help="Suggest no indirect statements.")
        add("--limit", type=at_least_one, default=0, help="Stop after so many documents.")
        add("--report", type=Path, metavar="FILE", help="Write a line of JSON for each document.")

    def handle(self, *args: Any, **options: Any) -> None:
        paths: list[Path] = options["paths"]
        if missing := [str(path) for path in paths if not path.exists() and not path.is_symlink()]:
            raise CommandError(f"Not there: {', '.join(missing)}")
        if options["dask"] and options["workers"] > 1:
            raise CommandError("--dask and --workers: one of them shares the work.")
        plan = Plan(
            paths=paths,
            read=ReadOptions(options["format"], options["encoding"], dict(options["column"])),
            how=Intake(
                outlet=self._outlet(options["outlet"], dry_run=options["dry_run"]),
                create_outlets=options["create_outlets"],
                rights=options["rights"],
                kind=options["kind"],
                indirect=not options["no_indirect"],
                dry_run=options["dry_run"],
            ),
            workers=options["workers"],
            limit=options["limit"],
            scheduler=options["dask"],
        )
        report = Report(weigh(paths), sys.stderr if sys.stderr.isatty() else None)
        with ExitStack() as stack:
            lines = stack.enter_context(options["report"].open("w")) if options["report"] else None
            interrupted = self._run(plan, report, lines)
        self._tell(report, dry_run=options["dry_run"])
        if interrupted:
            self.stderr.write("Stopped. What is stored is whole; run it again for the rest.")
            sys.exit(INTERRUPTED)
        if report.refused:
            sys.exit(1)

    def _run(self, plan: Plan, report: Report, lines: TextIO | None) -> bool:
        """Do the run; say whether it was interrupted."""
        results = run(plan)
        try:
            for result in results:
                if line := report.add(result):
                    report.clear()
                    self.stdout.write(line)
                if lines is not None:
                    lines.write(as_json(result) + "\n")
        except KeyboardInterrupt:
            return True
        except (DatabaseError, WorkerError) as error:
            self._tell(report, dry_run=plan.how.dry_run)
            raise CommandError(
                f"Stopped: {error}. What is stored is whole; run it again for the rest."
            ) from error
        finally:
            report.clear()
            results.close()
        return False

    def _tell(self, report: Report, *, dry_run: bool) -> None:
        for line in report.summary():
            self.stdout.write(line)
        if dry_run:
            self.stdout.write("Nothing was stored (--dry-run).")

    def _outlet(self, name: str, *, dry_run: bool) -> Outlet | None:
        if not name:
            return None
        found = Outlet.objects.filter(name__iexact=name).first()
        if found is None:
            new = Outlet(name=name, slug=free_slug(Outlet, name))
            new.full_clean()
            if not dry_run:
                new.save()
                return new
        return found
