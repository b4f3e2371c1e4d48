"""What this process answered since it started, for whoever watches it."""

import os
import threading
import time
from collections import Counter
from collections.abc import Iterator

# Seconds; the upper ends of the histogram's buckets.
BUCKETS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
STARTED = time.time()
_lock = threading.Lock()
_statuses: Counter[int] = Counter()
_buckets: Counter[float] = Counter()
_seconds = 0.0


def count(status: int, seconds: float) -> None:
    """Count one answer."""
    global _seconds
    bucket = next((end for end in BUCKETS if seconds <= end), float("inf"))
    with _lock:
        _statuses[status] += 1
        _buckets[bucket] += 1
        _seconds += seconds


def samples() -> Iterator[tuple[str, dict[str, str], float]]:
    """Yield (name, labels, value); the process's number is a label, since each counts its own."""
    process = {"process": str(os.getpid())}
    with _lock:
        statuses, buckets, seconds = _statuses.copy(), _buckets.copy(), _seconds
    yield "process_uptime_seconds", process, time.time() - STARTED
    for status, number in sorted(statuses.items()):
        yield "requests_total", process | {"status": str(status)}, number
    so_far = 0
    for end in (*BUCKETS, float("inf")):
        so_far += buckets[end]
        label = "+Inf" if end == float("inf") else str(end)
        yield "request_seconds_bucket", process | {"le": label}, so_far
    yield "request_seconds_sum", process, seconds
    yield "request_seconds_count", process, so_far
