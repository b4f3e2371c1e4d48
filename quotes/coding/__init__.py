"""Rounds of coding: dealt to coders, coded blind, finished, released together, and trained for.

`tasks` makes and closes rounds, `work` is what a coder does in one, `training` scores training
sets. Rows are changed here and through `quotes.stances` only.
"""

from quotes.coding.dealing import deal
from quotes.coding.tasks import close, codable, make, may_code
from quotes.coding.training import Score, answer, scores, set_gold
from quotes.coding.work import Entered, Saved, finish, flag, last_action, save, undo

__all__ = [
    "Entered",
    "Saved",
    "Score",
    "answer",
    "close",
    "codable",
    "deal",
    "finish",
    "flag",
    "last_action",
    "make",
    "may_code",
    "save",
    "scores",
    "set_gold",
    "undo",
]
