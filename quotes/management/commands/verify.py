"""Prove that every row is as promised."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from quotes.verify import CHECKS


class Command(BaseCommand):
    help = "Check every row against the rules of the record; exits 1 and names the first bad row."

    def handle(self, *args: Any, **options: Any) -> None:
        total = 0
        for check in CHECKS:
            faults = list(check.faults())
            total += len(faults)
            self.stdout.write(f"{check.name}: {len(faults)} faults")
            if faults:
                self.stdout.write(f"  first: {faults[0]}")
        self.stdout.write(f"{total} faults")
        if total:
            sys.exit(1)
