"""3: accept, correct, publish, withdraw. The only writer of a quote's status and spans.

`steps` has what can be done with one quote, `reshape` cuts one in two and makes one of two;
`session` is what an editor does on the review screen, each an action that `actions` can undo.
"""

from quotes.review.actions import last_action, undo
from quotes.review.reshape import join, split, tidy
from quotes.review.session import Card, add, cut, publish_accepted, save, settle, turn_down, unite
from quotes.review.speakers import Proposal, proposals, same_mention
from quotes.review.steps import (
    CORRECTABLE,
    FROM,
    Draft,
    NotAllowedError,
    Spans,
    accept,
    add_candidate,
    add_candidates,
    correct,
    obstacle,
    publish,
    reject,
    relist,
    reopen,
    restore,
    unlist,
    withdraw,
)

__all__ = [
    "CORRECTABLE",
    "FROM",
    "Card",
    "Draft",
    "NotAllowedError",
    "Proposal",
    "Spans",
    "accept",
    "add",
    "add_candidate",
    "add_candidates",
    "correct",
    "cut",
    "join",
    "last_action",
    "obstacle",
    "proposals",
    "publish",
    "publish_accepted",
    "reject",
    "relist",
    "reopen",
    "restore",
    "same_mention",
    "save",
    "settle",
    "split",
    "tidy",
    "turn_down",
    "undo",
    "unite",
    "unlist",
    "withdraw",
]
