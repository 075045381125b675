"""Moments as Discord shows them: in everybody's own language and time zone."""

from __future__ import annotations

from datetime import datetime


def time_tag(moment: datetime) -> str:
    """Return the source that Discord shows as day and time."""
    return f"<t:{int(moment.timestamp())}:f>"
