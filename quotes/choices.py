"""Every fixed vocabulary, as stored words. What each stance means is in docs/codebook.md."""

from django.db.models import TextChoices


class Status(TextChoices):
    CANDIDATE = "candidate", "Candidate"
    ACCEPTED = "accepted", "Accepted"
    PUBLISHED = "published", "Published"
    REJECTED = "rejected", "Rejected"
    WITHDRAWN = "withdrawn", "Withdrawn"
    MERGED = "merged", "Merged into another"


# Their versions stay readable, so that what they show counts.
WAS_PUBLIC = (Status.PUBLISHED, Status.WITHDRAWN, Status.MERGED)


class Kind(TextChoices):
    """How the words are reported (PARC3, PolNeAR)."""

    DIRECT = "direct", "Direct"
    MIXED = "mixed", "Mixed"
    INDIRECT = "indirect", "Indirect"


class Basis(TextChoices):
    """How the document says who is speaking."""

    NAMED = "named", "Named"
    PRONOUN = "pronoun", "By a pronoun"
    ROLE = "role", "By a role"
    IMPLICIT = "implicit", "Carried on from the words before"


class DateBasis(TextChoices):
    UNKNOWN = "", "Not known"
    PRINTED = "printed", "As printed"
    INFERRED = "inferred", "Inferred"


class Rights(TextChoices):
    EXCERPT = "excerpt", "Excerpts only"
    FULL = "full", "Full text may be shown"


class ArticleKind(TextChoices):
    """What kind of thing the words were printed or heard in, as reference managers tell them.

    The values are those of `quotes.citations.record.SourceKind`; a test compares them.
    """

    UNSTATED = "", "Not stated"
    NEWSPAPER = "newspaper", "Newspaper or news site"
    MAGAZINE = "magazine", "Magazine"
    WEBPAGE = "webpage", "Web page"
    BLOG = "blog", "Blog"
    INTERVIEW = "interview", "Interview"
    TELEVISION = "television", "Television broadcast"
    RADIO = "radio", "Radio broadcast"
    PRESS_RELEASE = "press_release", "Press release"
    SPEECH = "speech", "Speech"


class Channel(TextChoices):
    """Where the words were first said or written."""

    UNKNOWN = "", "Not known"
    INTERVIEW = "interview", "Interview"
    SPEECH = "speech", "Speech"
    ARTICLE = "article", "Article"
    BLOG = "blog", "Blog"
    STATEMENT = "statement", "Statement"
    PRESS_CONFERENCE = "press_conference", "Press conference"
    BROADCAST = "broadcast", "Broadcast"
    SOCIAL_MEDIA = "social_media", "Social media"
    PARLIAMENT = "parliament", "Parliament"
    COURT_FILING = "court_filing", "Court filing"
    REPORT = "report", "Report"
    LETTER = "letter", "Letter"
    OTHER = "other", "Other"


class TargetKind(TextChoices):
    SUBJECT = "subject", "Subject: someone or something that is evaluated"
    CLAIM = "claim", "Claim: a proposition"


class StanceValue(TextChoices):
    """What position a quote takes (SemEval's stance, SDQC for claims)."""

    SUPPORTS = "supports", "Supports"
    CRITICISES = "criticises", "Criticises"
    MIXED = "mixed", "Mixed"
    NEUTRAL = "neutral", "Neutral"
    ASSERTS = "asserts", "Asserts"
    DENIES = "denies", "Denies"
    QUESTIONS = "questions", "Questions"
    REPORTS = "reports", "Reports"
    NO_STANCE = "no_stance", "No stance"
    UNCLEAR = "unclear", "Unclear"


NON_VALUES = (StanceValue.NO_STANCE, StanceValue.UNCLEAR)
VALUES_BY_KIND: dict[str, tuple[StanceValue, ...]] = {
    TargetKind.SUBJECT: (
        StanceValue.SUPPORTS,
        StanceValue.CRITICISES,
        StanceValue.MIXED,
        StanceValue.NEUTRAL,
        *NON_VALUES,
    ),
    TargetKind.CLAIM: (
        StanceValue.ASSERTS,
        StanceValue.DENIES,
        StanceValue.QUESTIONS,
        StanceValue.REPORTS,
        *NON_VALUES,
    ),
}


class UtteranceState(TextChoices):
    """What became of a suggestion that two quotes report the same words."""

    OPEN = "open", "Waits"
    CONFIRMED = "confirmed", "The same words"
    REJECTED = "rejected", "Not the same"


class Confidence(TextChoices):
    """How sure a coder is."""

    UNSTATED = "", "Not stated"
    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class StanceBasis(TextChoices):
    """What the public stance rests on."""

    SINGLE = "single", "One coder"
    UNANIMOUS = "unanimous", "All coders agree"
    ADJUDICATED = "adjudicated", "Adjudicated"
    DISPUTED = "disputed", "Coders disagree"


class ErrorType(TextChoices):
    """Why coders differed, as the adjudicator sees it."""

    AMBIGUOUS = "ambiguous", "The text can be read both ways"
    GUIDELINE_GAP = "guideline-gap", "The codebook does not say"
    CODER_ERROR = "coder-error", "A coder's mistake"
    EDGE_CASE = "edge-case", "An edge case of the codebook"
    REAL = "real-disagreement", "A real disagreement"


class EntryChange(TextChoices):
    """What a change of a codebook entry does to the codings made before it."""

    WORDING = "wording", "Wording: the same, said better; earlier codings stand"
    MEANING = "meaning", "Meaning: other cases fall under it; earlier codings are looked at again"


class TargetMoveKind(TextChoices):
    MERGE = "merge", "Merged into another"
    SPLIT = "split", "Split off"


class RelationKind(TextChoices):
    """How one claim is related to another; read “this claim … that claim”."""

    EQUIVALENT = "equivalent", "Says the same as"
    NEGATION = "negation", "Says the opposite of"
    PART_OF = "part-of", "Is a part of"


class CoderKind(TextChoices):
    PERSON = "person", "Person"
    MACHINE = "machine", "Machine"


class RejectReason(TextChoices):
    """Why a candidate is no quote of its own: what the machine page counts."""

    NOT_SPEECH = "not-speech", "Nobody says it: a title, a name, scare quotes"
    NO_SPEAKER = "no-speaker", "Said by nobody in particular"
    PART = "part", "Part of another quote"
    DUPLICATE = "duplicate", "Found twice"
    FURNITURE = "furniture", "Not the article: a caption, a link, an advertisement"
    OUT_OF_SCOPE = "out-of-scope", "Outside what the collection holds"
    OTHER = "other", "Something else"


class WithdrawalReason(TextChoices):
    DUPLICATE = "duplicate", "Duplicate"
    MISATTRIBUTED = "misattributed", "Attributed to the wrong speaker"
    MISQUOTED = "misquoted", "Not the words of the source"
    SOURCE_RETRACTED = "source-retracted", "The source was retracted"
    COPYRIGHT = "copyright", "Copyright"
    PERSONAL_DATA = "personal-data", "Personal data"
    COURT_ORDER = "court-order", "Court order"
    CHILD_OR_VICTIM = "child-or-victim", "Protects a child or a victim"
    OUT_OF_SCOPE = "out-of-scope", "Outside what the collection holds"
    ERROR = "error", "Error"


class Exposure(TextChoices):
    """What a withdrawn quote's page still shows."""

    CITATION = "citation", "The citation: speaker, outlet, date"
    NOTHING = "nothing", "Nothing but the reason"


# These reasons exist to take the words and the name away; showing the citation would undo them.
SEALED_REASONS = (
    WithdrawalReason.PERSONAL_DATA,
    WithdrawalReason.COURT_ORDER,
    WithdrawalReason.CHILD_OR_VICTIM,
)


class NoticeKind(TextChoices):
    """What the speaker or the outlet has said of a published quote."""

    REPLY = "reply", "Reply by the speaker"
    DISPUTED = "disputed", "Disputed by the speaker"
    CORRECTED = "corrected", "Corrected by the outlet"
    RETRACTED = "retracted", "Retracted by the outlet"


# A reply stands beside the quote; the others say that its words or their source are in doubt.
DISPUTING = (NoticeKind.DISPUTED, NoticeKind.CORRECTED, NoticeKind.RETRACTED)


class ReportKind(TextChoices):
    """What a reader asks for."""

    CORRECTION = "correction", "Something is wrong"
    REPLY = "reply", "I am the speaker and want to reply"
    REMOVAL = "removal", "Something should be taken down"
    OTHER = "other", "Something else"


class ReportState(TextChoices):
    OPEN = "open", "Open"
    DONE = "done", "Acted on"
    DECLINED = "declined", "Declined"


class ResponsibilityAct(TextChoices):
    """What a speaker does with responsibility (Discursive Actor Attribution Analysis)."""

    BLAMES = "blames", "Blames"
    CREDITS = "credits", "Credits"
    DEMANDS = "demands", "Demands action of"
    REJECTS = "rejects", "Rejects the blame put on"


class AddressKind(TextChoices):
    """Pages that a published quote makes public."""

    QUOTE = "quote", "Quote"
    PERSON = "person", "Person"
    ORGANIZATION = "organization", "Organisation"
    ARTICLE = "article", "Article"
    OUTLET = "outlet", "Outlet"
    TARGET = "target", "Target"
    UTTERANCE = "utterance", "Utterance"
