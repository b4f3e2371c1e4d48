"""What a run tells the person who started it: a line of progress, then what became of what."""

import json
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TextIO

from quotes.intake.run import Result
from quotes.intake.step import Outcome

_WORDS = {
    Outcome.NEW: "new",
    Outcome.NEAR_DUPLICATE: "near-duplicates of an article that was there",
    Outcome.KNOWN: "known already, nothing changed",
}
MOST_NOTES = 10  # in the summary; --report has them all
_EVERY = 0.5  # seconds between lines of progress


@dataclass
class Report:
    """Counts what a run yields, and says of each document what needs a look."""

    total_bytes: int
    progress: TextIO | None = None
    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    candidates: int = 0
    notes: Counter[str] = field(default_factory=Counter)
    _done_bytes: int = 0
    _began: float = field(default_factory=time.monotonic)
    _shown: float = 0.0

    def add(self, result: Result) -> str:
        """Count one document, and return the line it deserves: most deserve none."""
        self.counts[result.outcome or "refused"] += 1
        self.candidates += result.quotes
        self._done_bytes += result.weight
        self._show()
        if result.reason:
            self.reasons[result.reason] += 1
            return f"refused {result.source}: {result.reason}. {result.sentence}"
        if result.outcome != Outcome.KNOWN:
            self.notes.update(result.warnings)
        if result.similar_to:
            return f"copy {result.source}: {result.similarity:.0%} as article {result.similar_to}"
        return ""

    @property
    def documents(self) -> int:
        return sum(self.counts.values())

    @property
    def refused(self) -> int:
        return self.counts["refused"]

    def summary(self) -> list[str]:
        """Return the counts in words."""
        seconds = max(time.monotonic() - self._began, 0.001)
        rate = f"{self.documents / seconds:,.1f} a second"
        said = [f"{self.documents:,} documents in {seconds:,.1f} s ({rate})"]
        said += [f"  {self.counts[o]:,} {w}" for o, w in _WORDS.items() if self.counts[o]]
        said += [f"  {self.candidates:,} candidates for review"] if self.candidates else []
        said += [f"  {self.refused:,} refused"] if self.refused else []
        said += [f"    {n:,} {reason}" for reason, n in self.reasons.most_common()]
        return said + [f"  {n:,} note: {words}" for words, n in self.notes.most_common(MOST_NOTES)]

    def clear(self) -> None:
        """Take the line of progress away, so that something else can be printed."""
        if self.progress is not None and self._shown:
            self.progress.write("\r\033[K")
            self.progress.flush()

    def _show(self) -> None:
        now = time.monotonic()
        if self.progress is None or now - self._shown < _EVERY:
            return
        self._shown = now
        rate = self.documents / max(now - self._began, 0.001)
        words = f"{self.documents:,} documents, {rate:,.1f}/s, {self._left(now)}"
        self.progress.write(f"\r\033[K{words} ({self.refused:,} refused)")
        self.progress.flush()

    def _left(self, now: float) -> str:
        """Return the time left, by the share of bytes that is done."""
        if not 0 < self._done_bytes <= self.total_bytes:
            return "time left not known"
        rest = (self.total_bytes - self._done_bytes) / self._done_bytes
        minutes, seconds = divmod(round((now - self._began) * rest), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02} left"


def as_json(result: Result) -> str:
    """Return a result as one line for a machine."""
    row = asdict(result)
    row.pop("weight")
    return json.dumps(row, ensure_ascii=False)
