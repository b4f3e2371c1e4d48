"""The second factor: a key shared once, six digits from then on, and codes for the day it is lost.

TOTP as in RFC 6238, by django-otp, which also slows down guessing: after each wrong code the next
is not looked at for twice as long.
"""

import secrets
from base64 import b32encode

import segno
from django.contrib.auth.models import User
from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

CODES = 10


def device_of(user: User) -> TOTPDevice | None:
    """Return the user's confirmed device."""
    found: TOTPDevice | None = TOTPDevice.objects.filter(user=user, confirmed=True).first()
    return found


def new_device(user: User) -> TOTPDevice:
    """Return the device that the user is about to confirm; the same one until then."""
    device, _created = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": "Authenticator"}
    )
    found: TOTPDevice = device
    return found


def confirm(device: TOTPDevice, code: str) -> list[str] | None:
    """Make a device the user's second factor; return recovery codes, or None for a wrong code."""
    with transaction.atomic():
        if not device.verify_token(code):
            return None
        TOTPDevice.objects.filter(user=device.user).exclude(pk=device.pk).delete()
        device.confirmed = True
        device.save()
        return new_codes(device.user)


def new_codes(user: User) -> list[str]:
    """Replace the user's recovery codes; each works once. 50 bits each, shown this once."""
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="Recovery codes")
        codes = [b32encode(secrets.token_bytes(7)).decode()[:10].lower() for _ in range(CODES)]
        StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def verify(user: User, code: str) -> TOTPDevice | StaticDevice | None:
    """Return the device that a code belongs to, or None; a wrong one delays the next."""
    digits = code.isdigit()
    devices = (TOTPDevice if digits else StaticDevice).objects.filter(user=user, confirmed=True)
    for device in devices:
        if device.verify_token(code):
            found: TOTPDevice | StaticDevice = device
            return found
    return None


def remove(user: User) -> bool:
    """Take every device and code from an account; say whether there was any."""
    with transaction.atomic():
        deleted = [
            model.objects.filter(user=user).delete()[0] for model in (TOTPDevice, StaticDevice)
        ]
    return any(deleted)


def key(device: TOTPDevice) -> str:
    """Return the key to type where no picture can be scanned, in groups of four."""
    text = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


def picture(device: TOTPDevice) -> str:
    """Return the key as a QR code, a data URI of an SVG."""
    uri: str = segno.make(device.config_url, micro=False).svg_data_uri(
        scale=5, border=4, light="#fff", dark="#000"
    )
    return uri
