"""A reader's report: taken without an account, guarded against robots, answered by number."""

import re
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.crypto import salted_hmac

from base.history import save_as
from base.ids import canonical_id, new_public_id
from quotes.choices import ReportState
from quotes.models import Quote, Report

# One sender's share, and everybody's: enough for a bad day, too little to fill the disk.
PER_HOUR, PER_DAY = 5, 500
# A person needs longer than this to fill the form; a form older than this was kept by a program.
FASTEST, LONGEST = timedelta(seconds=3), timedelta(hours=12)
MOST_LINKS = 5
SALT = "quotes.reports"
QUOTE_ADDRESS = re.compile(r"/q/([0-9A-Za-z]{8})(?![0-9A-Za-z])")


class TooManyError(Exception):
    """The sender, or everybody together, reported too often; wait `retry_after` seconds."""

    retry_after = 3600


class SpamError(ValidationError):
    """This does not look like a person's report; the message says what to do if it is one."""


def stamp(now: datetime | None = None) -> str:
    """Return the signed time for a new form."""
    return signing.dumps((now or timezone.now()).timestamp(), salt=SALT)


def take(
    *,
    kind: str,
    text: str,
    sender: str,
    stamped: str,
    trap: str = "",
    page: str = "",
    contact: str = "",
) -> Report:
    """Take a reader's report and return it with its reference number.

    `sender` is the network address, of which only a hash of the day is kept; `stamped` the form's
    signed time; `trap` a field that a person leaves empty. Raises SpamError, TooManyError, or
    ValidationError for words that don't fit.
    """
    _guard(stamped, trap, text)
    hashed = sender_hash(sender)
    _limit(hashed)
    report = Report(
        reference=f"R-{new_public_id()}",
        kind=kind,
        text=text.replace("\x00", "").strip(),
        page=page.replace("\x00", "").strip(),
        contact=contact.replace("\x00", "").strip(),
        quote=reported_quote(page),
        sender=hashed,
    )
    report.full_clean(exclude=["reference", "quote", "sender", "decided_by"])
    report._change_reason = "Reported by a reader"
    report.save()
    return report


def decide(*, report: Report, state: str, answer: str, by: User) -> Report:
    """Say what was done about a report, or open it again (without an answer); return it."""
    opened = state == ReportState.OPEN
    report.state, report.answer = state, "" if opened else answer.strip()
    report.decided_at = None if opened else timezone.now()
    report.decided_by = None if opened else by
    report.full_clean(exclude=["reference", "quote", "sender", "decided_by"])
    return save_as(report, by=by, why=answer or "Opened again")


def reported_quote(page: str) -> Quote | None:
    """Return the quote that a reported address is about, if it is one's."""
    found = QUOTE_ADDRESS.search(page)
    canonical = canonical_id(found[1]) if found else None
    return Quote.objects.filter(public_id=canonical).first() if canonical else None


def sender_hash(sender: str, now: datetime | None = None) -> str:
    """Return a keyed hash of an address that can't be told from others after the day."""
    day = (now or timezone.now()).date().isoformat()
    return salted_hmac(SALT + day, sender, algorithm="sha256").hexdigest()


def _limit(hashed: str) -> None:
    now = timezone.now()
    recent = Report.objects.filter(created_at__gte=now - timedelta(hours=1), sender=hashed)
    today = Report.objects.filter(created_at__gte=now - timedelta(days=1))
    if recent.count() >= PER_HOUR or today.count() >= PER_DAY:
        raise TooManyError


def _guard(stamped: str, trap: str, text: str) -> None:
    """Refuse what a robot does: fills hidden fields, answers at once, sends many links."""
    if trap:
        raise SpamError("Leave the last field empty.", code="trap")
    try:
        made = datetime.fromtimestamp(
            float(signing.loads(stamped, salt=SALT)), tz=timezone.get_current_timezone()
        )
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise SpamError("Load the form again and send it from there.", code="stamp") from error
    age = timezone.now() - made
    if age < FASTEST:
        raise SpamError("That was very fast. Wait a moment and send it again.", code="fast")
    if age > LONGEST:
        raise SpamError("The form is old. Load it again and send it from there.", code="old")
    if len(re.findall(r"https?://", text)) > MOST_LINKS:
        raise SpamError(f"Send at most {MOST_LINKS} links.", code="links")
