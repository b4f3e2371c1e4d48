"""Many files: one after the other or shared among processes; every document its own transaction.

Nothing is remembered between runs but the record itself: a text that is there is known, so a run
that was cut off is finished by running it again.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connections

from base.pool import Pool
from quotes.extraction import Extraction
from quotes.intake.cluster import Cluster
from quotes.intake.speakers import Directory
from quotes.intake.step import Intake, Outcome, ingest, is_known, question
from quotes.parsing import (
    Found,
    ParsedDocument,
    ReadOptions,
    Reason,
    RefusedError,
    RefusedRow,
    Sandbox,
    find,
    parse_file,
    printable,
)
from quotes.parsing.formats import COLLECTIONS, SUFFIXES

_DEFAULTS = ReadOptions()
_AS_USUAL = Intake()


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one document: an outcome, or a reason and its sentence."""

    source: str
    outcome: str = ""
    reason: str = ""
    sentence: str = ""
    quotes: int = 0
    similar_to: str = ""
    similarity: float = 0.0
    warnings: tuple[str, ...] = ()
    weight: int = 0
    """Bytes of files that are done with it, for the progress."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which files, how read and how taken in."""

    paths: Sequence[Path]
    read: ReadOptions = _DEFAULTS
    how: Intake = _AS_USUAL
    workers: int = 1
    limit: int = 0
    scheduler: str = ""
    """The address of a Dask cluster that extracts."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a collection, read already; `weight` is about its share of the file."""

    item: ParsedDocument | RefusedRow
    weight: int


Task = Found | Row


def run(plan: Plan) -> Generator[Result, None, None]:
    """Take in all files of a plan and yield what became of each document as it is done."""
    tasks = _limited(_tasks(plan), plan.limit)
    if plan.scheduler:
        yield from _on_cluster(plan, tasks)
        return
    if plan.workers <= 1:
        worker = Worker(plan.read, plan.how)
        try:
            for task in tasks:
                yield from worker(task)
        finally:
            worker.close()
            tasks.close()
        return
    # Each process opens a connection of its own.
    connections.close_all()
    with Pool(plan.workers, Worker, (plan.read, plan.how)) as pool:
        for task, results in pool.map(tasks):
            yield from results if results is not None else [_lost(task)]


def _on_cluster(plan: Plan, tasks: Generator[Task, None, None]) -> Iterator[Result]:
    worker = Worker(plan.read, plan.how)
    try:
        with Cluster(plan.scheduler) as cluster:
            read = (one for task in tasks for one in worker.read_task(task))
            for row, extracted in cluster.each(read, worker.question):
                yield worker.store(row, extracted)
    finally:
        worker.close()
        tasks.close()


def weigh(paths: Sequence[Path]) -> int:
    """Return how many bytes the files have together that the paths mean."""
    return sum(_size(found) for path in paths for found in find(path))


def _size(found: Found) -> int:
    try:
        return (found.root / found.name).lstat().st_size
    except (OSError, ValueError):
        return 0


def _tasks(plan: Plan) -> Iterator[Task]:
    """Yield files, and the rows of collections: one such file is shared among the processes."""
    with Sandbox() as sandbox:
        for path in plan.paths:
            for found in find(path):
                if _is_collection(found.name, plan.read):
                    yield from _rows(sandbox, found, plan.read)
                else:
                    yield found


def _limited(tasks: Iterator[Task], limit: int) -> Generator[Task, None, None]:
    for number, task in enumerate(tasks, start=1):
        yield task
        if number == limit:
            return


def _is_collection(name: str, read: ReadOptions) -> bool:
    return (read.format or SUFFIXES.get(Path(name).suffix.lower(), "")) in COLLECTIONS


def _rows(sandbox: Sandbox, found: Found, read: ReadOptions) -> Iterator[Task]:
    try:
        for item in parse_file(sandbox, found.root, found.name, read):
            yield Row(item, len(item.text) if isinstance(item, ParsedDocument) else 0)
    except RefusedError as refused:
        yield Row(RefusedRow(found.name, refused.reason, refused.detail), 0)


@dataclass
class Worker:
    """What one process keeps between documents: the people it knows, and its parser."""

    read: ReadOptions
    how: Intake
    _people: Directory | None = None
    _sandbox: Sandbox = field(default_factory=lambda: Sandbox(preload=("txt", "html")))

    def __call__(self, task: Task) -> list[Result]:
        return [self.store(row) for row in self.read_task(task)]

    def read_task(self, task: Task) -> list[Row]:
        """Return the documents of a file."""
        if isinstance(task, Row):
            return [task]
        weight = _size(task)
        try:
            items = list(parse_file(self._sandbox, task.root, task.name, self.read))
        except RefusedError as refused:
            return [Row(RefusedRow(task.name, refused.reason, refused.detail), weight)]
        return [Row(item, weight) for item in items]

    def question(self, row: Row) -> dict[str, Any] | None:
        """Return what `extract` is to be asked of a document; None of one that brings nothing."""
        item = row.item
        if isinstance(item, RefusedRow) or is_known(item):
            return None
        try:
            return question(item, item.published, self.people, self.how)
        except ValueError:
            return None  # a date that the step refuses

    @property
    def people(self) -> Directory:
        if self._people is None:
            self._people = Directory.read()
        return self._people

    def store(self, row: Row, extracted: Callable[[], Extraction] | None = None) -> Result:
        """Store a document, with what was found in it elsewhere if it was."""
        item, weight = row.item, row.weight
        if isinstance(item, RefusedRow):
            return _refused(item.source, RefusedError(item.reason, item.detail), weight)
        try:
            done = ingest(item, people=self.people, how=self.how, extracted=extracted)
        except RefusedError as refused:
            return _refused(item.source, refused, weight)
        best = done.similar[0] if done.similar else None
        return Result(
            source=item.source,
            outcome=done.outcome,
            quotes=0 if done.outcome == Outcome.KNOWN else len(done.quotes),
            similar_to=best.earlier.public_id if best else "",
            similarity=best.similarity if best else 0.0,
            warnings=done.warnings,
            weight=weight,
        )

    def close(self) -> None:
        self._sandbox.close()


def _refused(source: str, refused: RefusedError, weight: int) -> Result:
    name = printable(source)
    return Result(name, reason=refused.reason, sentence=refused.sentence, weight=weight)


def _lost(task: Task) -> Result:
    """Return what to say of a task whose process was ended from outside."""
    source = task.name if isinstance(task, Found) else task.item.source
    weight = _size(task) if isinstance(task, Found) else task.weight
    return _refused(source, RefusedError(Reason.CRASHED, "the process was ended"), weight)
