"""No pages for the second factor's rows: one of them shows the key to whoever may look."""

from django.contrib import admin
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

for model in (StaticDevice, TOTPDevice):
    admin.site.unregister(model)
