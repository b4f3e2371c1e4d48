"""4: the codebook: its entries, targets merged, split and renamed, claims related.

change_entry(target=..., change="meaning", why=..., by=..., when_to_use=...)
merge(target=..., into=..., why=..., by=...); undo_move(move=..., why=..., by=...)
"""

from quotes.codebook.entry import ENTRY, add, change_entry, number_change, rename
from quotes.codebook.moving import Effect, effect, merge, split, survivor, undo_move
from quotes.codebook.relating import relate, unrelate

__all__ = [
    "ENTRY",
    "Effect",
    "add",
    "change_entry",
    "effect",
    "merge",
    "number_change",
    "relate",
    "rename",
    "split",
    "survivor",
    "undo_move",
    "unrelate",
]
