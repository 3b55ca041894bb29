"""Moments as people read them, on the store's own clock."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

STORE_CLOCK = ZoneInfo("Europe/London")


def day(at: datetime) -> str:
    """22 November 2026"""
    return str(format_datetime(at.astimezone(STORE_CLOCK), "d MMMM y", locale="en_GB"))


def short_day(at: datetime) -> str:
    """22 Nov"""
    return str(format_datetime(at.astimezone(STORE_CLOCK), "d MMM", locale="en_GB"))


def date(at: datetime) -> str:
    """22 Nov 2026"""
    return str(format_datetime(at.astimezone(STORE_CLOCK), "d MMM y", locale="en_GB"))


def date_and_time(at: datetime) -> str:
    """22 Nov 2026, 18:05"""
    return str(format_datetime(at.astimezone(STORE_CLOCK), "d MMM y, HH:mm", locale="en_GB"))


def day_and_time(at: datetime) -> str:
    """22 November, 18:05"""
    return str(format_datetime(at.astimezone(STORE_CLOCK), "d MMMM, HH:mm", locale="en_GB"))
