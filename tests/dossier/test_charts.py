import altair as alt
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.isotonic import IsotonicRegression

from detente.dossier.blocks import Document
from detente.dossier.charts import Dot, apart, dots, heat
from detente.dossier.house import LOOKS, look, theme
from detente.dossier.pictures import draw

WORDS = {"value": "v", "low": "l", "high": "h", "earlier": "e", "group": "g"}


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.floats(-5, 5, allow_nan=False), min_size=1, max_size=12),
    st.floats(0.01, 1),
)
def test_labels_lie_apart_and_move_least(values: list[float], gap: float) -> None:
    moved = np.array(apart(values, gap))
    order = np.lexsort((np.arange(len(values)), values))
    assert (np.diff(moved[order]) >= gap - 1e-9).all()
    # The oracle: isotonic regression of the values less their slots.
    slots = np.arange(len(values)) * gap
    oracle = IsotonicRegression().fit_transform(slots, np.array(values)[order] - slots) + slots
    assert moved[order] == pytest.approx(oracle, abs=1e-6)


def test_every_figure_is_a_valid_specification(documents: dict[str, Document]) -> None:
    # One language is enough: the other differs in words. Validation is slow, so once a figure.
    for figure in documents["fr"].figures():
        alt.Chart.from_dict(dict(figure.chart))


def test_a_table_of_many_parties_is_a_square() -> None:
    names = [f"P{n}" for n in range(9)]
    cells = [(a, b, 0.1) for a in names for b in names if a != b]
    chart = heat(names, cells, WORDS)
    assert "P8" in draw(chart, "square", "en").svg


def test_what_is_unknown_has_no_dot() -> None:
    rows = [Dot("known", 0.5, 0.4, 0.6), Dot("unknown", None, None, None)]
    chart = dots(rows, "axis", WORDS, (0, 1))
    svg = draw(chart, "dots", "en").svg
    assert svg.count('aria-roledescription="point"') <= 1
    values = [v for layer in chart["layer"] for v in layer.get("data", {}).get("values", [])]
    assert all(v.get("name") != "unknown" for v in values)


def test_drawings_do_not_depend_on_what_was_drawn_before(documents: dict[str, Document]) -> None:
    figure = documents["en"].figures()[0]
    first = draw(figure.chart, figure.anchor, "en")
    draw(documents["fr"].figures()[1].chart, "other", "fr")
    assert draw(figure.chart, figure.anchor, "en") == first


def test_french_figures_have_a_decimal_comma(documents: dict[str, Document]) -> None:
    svg = draw(documents["fr"].figures()[0].chart, "f", "fr").svg
    assert ">0,5<" in svg or ">1,0<" in svg


def test_neighbouring_series_differ_in_colour_and_in_grey_print() -> None:
    seen = [look(n) for n in range(2 * len(LOOKS))]
    assert len(set(seen)) == len(seen)
    assert len({(s.dash, s.shape) for s in LOOKS}) == len(LOOKS)
    assert theme()["background"] == "#ffffff"
