"""The one place that knows KPIs by name: formulas of the sources are macros of their own, each with words of its own.

Belongs here: names. Does not belong here: anything said about them. A KPI of the usual form is never named.
"""

from __future__ import annotations

VOLUME, QUALITY, TRAINING = "call_volume_index", "service_quality_index", "training_index"
INDICES = (VOLUME, QUALITY, TRAINING)
HANDLE_TIME, TALK_TIME = "average_handle_time", "average_talk_time"
TIMES = (HANDLE_TIME, TALK_TIME)
ANSWERED = "answer_rate"
"""What a shorter time must not be bought with."""
ATTENDANCE = "attendance_rate"
BESIDE = (*TIMES, ANSWERED, ATTENDANCE, "adherence", "callback_on_time", "occupancy")
"""What the articles count beside the three indices, and what keeps those honest."""
HANDLED = "contacts_handled"
"""A part of the call-volume index that bears the name of a KPI."""
