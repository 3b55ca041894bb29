"""Moments as people read them, on the store's own clock."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, format_timedelta

STORE_CLOCK = ZoneInfo("Europe/London")


def day(at: datetime) -> str:
    """22 November 2026"""
    return str(format_datetime(at.astimezone(STORE_CLOCK), "d MMMM y", locale="en_GB"))


def short_day(at: datetime) -> str:
    """22 Nov"""
    return str(format_datetime(at.astimezone(STORE_CLOCK), "d MMM", locale="en_GB"))


def numbered_day(at: datetime) -> str:
    """22 Nov 2026"""
    return str(format_datetime(at.astimezone(STORE_CLOCK), "d MMM y", locale="en_GB"))


def day_and_time(at: datetime) -> str:
    """22 November, 18:05"""
    return str(format_datetime(at.astimezone(STORE_CLOCK), "d MMMM, HH:mm", locale="en_GB"))


def numbered_day_and_time(at: datetime) -> str:
    """22 Nov 2026, 18:05"""
    return str(format_datetime(at.astimezone(STORE_CLOCK), "d MMM y, HH:mm", locale="en_GB"))


def exactly(at: datetime) -> str:
    """22 November 2026, 18:05:09 GMT"""
    return str(format_datetime(at.astimezone(STORE_CLOCK), "d MMMM y, HH:mm:ss zzz", locale="en_GB"))


def full_date_and_time(at: datetime) -> str:
    """22 November 2026, 18:05"""
    return str(format_datetime(at.astimezone(STORE_CLOCK), "d MMMM y, HH:mm", locale="en_GB"))


def ago(at: datetime, now: datetime) -> str:
    """2 hours ago; within the last minute it is just now."""
    since = now - at
    if since.total_seconds() < 60:
        return "just now"
    return str(format_timedelta(-since, add_direction=True, threshold=1, locale="en_GB"))
