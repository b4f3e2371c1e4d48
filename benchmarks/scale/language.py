"""Words with the statistics of news English, and none of a real person's sentences.

Word frequencies follow Zipf and Mandelbrot, f(rank) ~ 1 / (rank + 2.7) (B. Mandelbrot, 1953), the
most frequent words are English's own, and every article has a topic whose words come again. Behind
the common words stand made-up ones, each from a few syllables.
"""

from functools import cache
from itertools import accumulate, product
from random import Random

# Function words and plain verbs, in about the order of their frequency in English.
COMMON = (
    "the of and to a in that is for it was on with as be by are this have not at but from they he "
    "we she or an which has had their will one been there more who were said can all would what if "
    "about up out so when some two them new than its into only no time other people could first "
    "also after over years any most now may these then such her him his our your my many must "
    "through where how made before between under still should because those each very last year "
    "much well even back work way government down too own right while both come make good same "
    "take long against public during told never another say need know help children report local "
    "council school hospital police money country question week family story party minister law"
).split()
VOCABULARY = 50_000
TOPICS, TOPIC_WORDS, TOPIC_SHARE = 200, 60, 0.15
ONSETS = "b br c ch d dr f fl g gr h j k l m n p pl qu r s sh sk st t tr v w z".split()
VOWELS = "a e i o u ai ea ou".split()
ENDINGS = ["", *"n r l t d ng nd st m".split()]


@cache
def syllables() -> list[str]:
    return ["".join(parts) for parts in product(ONSETS, VOWELS, ENDINGS)]


def made_up(random: Random, count: int, taken: set[str]) -> list[str]:
    """Return different made-up words of two or three syllables, none of those taken."""
    parts = syllables()
    words: list[str] = []
    while len(words) < count:
        word = "".join(random.choice(parts) for _ in range(random.choice((2, 2, 3))))
        if word not in taken:
            taken.add(word)
            words.append(word)
    return words


class Language:
    """Draws words, sentences and names."""

    def __init__(self, vocabulary: int = VOCABULARY) -> None:
        random = Random(1)
        self.words = [*COMMON, *made_up(random, vocabulary - len(COMMON), set(COMMON))]
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(1, len(self.words) + 1)))
        self.topics = [random.sample(self.words[200:20_000], TOPIC_WORDS) for _ in range(TOPICS)]

    def sentence(self, random: Random, length: int, topic: int) -> str:
        """Return a sentence of that many words on a topic, without its full stop."""
        words = random.choices(self.words, cum_weights=self.weights, k=length)
        about = self.topics[topic]
        for place in range(length):
            if random.random() < TOPIC_SHARE:
                # A topic has its own common words: the smaller of two draws.
                words[place] = about[min(random.randrange(TOPIC_WORDS), random.randrange(60))]
        return f"{words[0].capitalize()} {' '.join(words[1:])}".strip()

    def length(self, random: Random) -> int:
        """Return a quote's length in words: lognormal, half of them under 19."""
        return max(3, min(120, int(random.lognormvariate(2.94, 0.6))))


def name(random: Random) -> str:
    """Return a first and a last name that nobody has."""
    return " ".join(word.capitalize() for word in made_up(random, 2, set()))
