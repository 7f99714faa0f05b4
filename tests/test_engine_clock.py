from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from kommune3.engine import clock


def test_the_course_day_begins_at_its_own_midnight() -> None:
    assert clock.today(datetime(2026, 7, 1, 21, 59, tzinfo=UTC)) == date(2026, 7, 1)
    assert clock.today(datetime(2026, 7, 1, 22, 0, tzinfo=UTC)) == date(2026, 7, 2)
    assert clock.today(datetime(2026, 12, 31, 23, 0, tzinfo=UTC)) == date(2027, 1, 1)


def test_a_moment_without_a_zone_is_utc() -> None:
    assert clock.local(datetime(2026, 1, 1, 12)).hour == 13


def test_now_is_utc() -> None:
    assert clock.now().utcoffset() == timedelta(0)
