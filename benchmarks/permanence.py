"""Ten thousand sequences of publish, edit, merge, split, rename, withdraw and restore.

    python -m benchmarks.permanence [sequences] [seed]

After each, every address that was ever public is asked for and must answer 200, 410, or 301 to one
of these. A fault ends the run with the shortest sequence that shows it.
"""

import logging
import os
import sys
import time
import warnings

os.environ.setdefault("DEBUG", "true")
os.environ.setdefault("DATABASE_URL", "sqlite:///:memory:")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django

django.setup()

from django.conf import settings as site  # noqa: E402
from django.core.management import call_command  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402
from hypothesis import seed as seeded  # noqa: E402
from hypothesis.stateful import run_state_machine_as_test  # noqa: E402

from tests.permanence import World, machine  # noqa: E402

CHUNK = 250


def main(sequences: int, seed: int) -> None:
    """Run the sequences in chunks, each with a seed of its own, and say how far the run came."""
    site.ALLOWED_HOSTS = [*site.ALLOWED_HOSTS, "testserver"]
    site.DEBUG = False
    # Each 410 is a warning otherwise, and there are thousands.
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    call_command("migrate", verbosity=0)
    world = World.make()
    begun = time.monotonic()
    for start in range(0, sequences, CHUNK):
        count = min(CHUNK, sequences - start)
        run(world, count, seed + start)
        seconds = time.monotonic() - begun
        print(f"{start + count} sequences: no address failed, {seconds:.0f} s", flush=True)


def run(world: World, count: int, seed: int) -> None:
    run_state_machine_as_test(
        seeded(seed)(machine(world)),
        settings=settings(
            max_examples=count,
            stateful_step_count=12,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


if __name__ == "__main__":
    main(*(int(word) for word in (sys.argv[1:] + ["10000", "1"][len(sys.argv) - 1 :])))
