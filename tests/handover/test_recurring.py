"""What falls due: ends read from titles, recurrences, and how often they held."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.archive import open_archive
from detente.handover.recurring import (
    Dated,
    alike,
    due,
    foretell,
    group,
    kept_ends,
    kept_rhythm,
    later,
    stated_end,
    within,
)
from detente.handover.track import track

DAY = date(2018, 3, 8)


@pytest.mark.parametrize(
    ("title", "end"),
    [
        ("Extension of the mandate of UNAMA until 17 Mar. 2019", date(2019, 3, 17)),
        ("Extension of UNIKOM until 17 Sept. 2019", date(2019, 9, 17)),
        ("Renewal of the authorization for a further period of 12 months", date(2019, 3, 8)),
        ("Renewal of sanctions until 26 Feb. 2019 and of the Panel until 28 Mar. 2019",
         date(2019, 2, 26)),
        ("The situation in Afghanistan", None),
        ("Renewal until 31 Feb. 2019", None),
        ("Renewal until 17 Mar. 2017", None),  # before the text itself: a misprint
        ("Renewal until 17 Mar. 2099", None),
    ],
)  # fmt: skip
def test_an_end_is_read_from_a_title(title: str, end: date | None) -> None:
    assert stated_end(title, DAY) == end


def test_months_later_end_on_the_last_day_of_a_short_month() -> None:
    assert later(date(2019, 1, 31), 1) == date(2019, 2, 28)
    assert later(date(2019, 12, 15), 2) == date(2020, 2, 15)


def test_a_mission_named_by_its_acronym_is_one_series_though_the_words_differ() -> None:
    assert alike("Extension of the mandate of UNAMA until 17 Mar. 2018",
                 "Continuing the work of the Assistance Mission, UNAMA, for 12 months")  # fmt: skip
    assert not alike("Extension of the mandate of UNAMA", "Extension of the mandate of UNDOF")
    assert not alike("The situation in Afghanistan", "The situation in Burundi and its refugees")


def _yearly(years: range, day: int = 17, title: str = "Situation in Freedonia") -> list[Dated]:
    return [Dated(f"S/RES/{y}", date(y, 3, day), title) for y in years]


def test_what_came_back_each_march_is_foretold_for_the_next_march() -> None:
    assert foretell([t.day for t in _yearly(range(2012, 2017))]) == date(2017, 3, 17)


def test_an_uneven_series_and_a_short_one_are_not_foretold() -> None:
    uneven = [date(2010, 1, 1), date(2010, 3, 1), date(2014, 1, 1), date(2014, 6, 1)]
    assert foretell(uneven) is None
    assert foretell([t.day for t in _yearly(range(2014, 2017))]) is None


@given(
    st.dates(date(1990, 1, 1), date(2010, 1, 1)),
    st.integers(60, 800),
    st.integers(5, 9),
)
def test_an_even_series_is_foretold_within_the_tolerance(
    first: date, interval: int, count: int
) -> None:
    days = [first + timedelta(days=interval * n) for n in range(count)]
    foretold = foretell(days)
    assert foretold is not None
    # About a year is taken as the same day of the next year: at most a month a year away.
    assert abs((foretold - days[-1]).days - interval) <= 32 * max(1, round(interval / 365.25))
    made = [Dated(str(n), day, "Situation in Freedonia") for n, day in enumerate(days)]
    hits, cases = kept_rhythm(made)
    assert cases == count - 4
    assert hits <= cases
    assert group(made) == [made]


def test_ends_are_kept_by_a_later_text_within_a_week_and_only_past_ones_count() -> None:
    kept = Dated("1", date(2010, 1, 1), "Extension of UNAMA until 10 Jan. 2011")
    late = Dated("2", date(2011, 1, 17), "Extension of UNAMA until 10 Jan. 2012")
    too_late = Dated("3", date(2012, 1, 18), "Extension of UNAMA until 10 Jan. 2013")
    assert kept_ends([kept, late, too_late], date(2012, 12, 31)) == (1, 2)
    assert kept_ends([kept], date(2011, 1, 16)) == (0, 0)


def test_a_recurrence_that_came_a_month_late_in_a_year_did_not_hold() -> None:
    assert within(date(2018, 3, 17), date(2018, 4, 16), 365)
    assert not within(date(2018, 3, 17), date(2018, 4, 18), 365)


def test_what_is_due_says_what_came_of_it_only_where_the_record_reaches() -> None:
    texts = _yearly(range(2012, 2019))
    end = date(2018, 12, 31)
    (known_not,) = due(texts, end)
    assert (known_not.day, known_not.basis) == (date(2019, 3, 17), "recurrence")
    assert (known_not.followed, known_not.held) == (None, None)
    (missed,) = due(texts, end, (), date(2020, 1, 1))
    assert missed.held is False
    (came,) = due(texts, end, _yearly(range(2019, 2020), day=20), date(2020, 1, 1))
    assert came.held is True
    (late,) = due(texts, end, [Dated("x", date(2019, 6, 1), texts[0].title)], date(2020, 1, 1))
    assert late.held is False


def test_the_published_track_record_is_that_of_the_archive() -> None:
    found = track(open_archive())
    assert (found.ends, found.rhythm) == ((478, 565), (225, 286))
