"""The search language by examples: what the page about it shows, and what tests try."""

from quotes.search.language import MOST_DEPTH
from quotes.search.scanning import (
    FARTHEST,
    LONGEST,
    MOST_PREFIXES,
    MOST_TERMS,
    SHORTEST_PREFIX,
)

# What is typed, and what it finds.
EXAMPLES = (
    ("media pressure", "both words, in any order and form: “pressures” and “pressured” too"),
    ('"media pressure"', "exactly these words in this order"),
    ("social-workers", "these words in this order, in any form"),
    ("pressure -media", "the first word without the second; NOT says the same"),
    ("regret OR apology", "either word; OR in capitals"),
    ("(regret OR apology) minister", "brackets say what belongs together; without them, words "
     "side by side bind tighter than OR"),
    ("resign*", "words that begin so: “resigned”, “resignation”"),
    ('"minister resign"~5', "two words of the quote itself, in either order, with at most five "
     "others between them"),
    ("speaker:balls", "quotes of speakers with this word in their name, or in another name of "
     "theirs"),
    ('speaker:"Ed Balls"', "with both words in their name"),
    ("org:council", "said for a body of this name, or by someone who was in it at the time"),
    ("outlet:guardian", "printed there"),
    ("target:press*", "with a stance on a target whose name has a word that begins so"),
    ("target:media stance:denies", "with this stance on that target"),
    ("kind:direct", "direct, mixed or indirect"),
    ("date:2008-11..2009-03", "said, or else published, from the first to the last day; also "
     "date:2008, date:2008-11-12, date:2009-03.. and date:..2008"),
    ("-outlet:guardian pressure", "every field can be left out"),
)  # fmt: skip
LIMITS = (
    f"up to {LONGEST} letters, {MOST_TERMS} words, phrases and fields, and brackets in brackets "
    f"{MOST_DEPTH} deep",
    f"a star after at least {SHORTEST_PREFIX} letters, and in {MOST_PREFIXES} places",
    f"nearness of up to {FARTHEST} words",
)
