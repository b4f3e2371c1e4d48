"""What changed of the public record, in the order of the commits, for whoever keeps a copy."""

from django.db import models


class ChangeCounter(models.Model):
    """One row: the number of the last change, taken under a lock that is held until the commit.

    A sequence would hand out 7 before 6 is committed, and a reader who has seen 7 never looks
    for 6 again. Only triggers write here (`quotes/triggers/change.py`).
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField()
    # Random, and new when the row is: the same number of another count is another state.
    epoch = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="change_counter_is_one_row"),
        ]

    def __str__(self) -> str:
        return str(self.seq)


class Change(models.Model):
    """A published quote, as far as lists and counts show it, was changed by change `seq`.

    `quote_id` 0 stands for all quotes. It is no foreign key: the log outlives what it names.
    """

    pk = models.CompositePrimaryKey("seq", "quote_id")
    seq = models.BigIntegerField()
    quote_id = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.seq}: {self.quote_id or 'all quotes'}"
