from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import betainc, betaincinv

from detente.denominators.beta_arrays import cumulative, quantile

PARAMETERS = st.floats(0.01, 300)


@given(PARAMETERS, PARAMETERS, st.floats(0.001, 0.999))
def test_the_distribution_function_is_scipys(a: float, b: float, x: float) -> None:
    ours = cumulative(np.array([x]), np.array([a]), np.array([b]))[0]
    assert ours == pytest.approx(betainc(a, b, x), abs=1e-9)


@given(PARAMETERS, PARAMETERS, st.sampled_from([0.05, 0.5, 0.95]))
def test_quantiles_are_scipys(a: float, b: float, p: float) -> None:
    ours = quantile(p, np.array([a]), np.array([b]))[0]
    assert ours == pytest.approx(betaincinv(a, b, p), abs=1e-7)


def test_many_are_found_at_once() -> None:
    a, b = np.array([0.5, 2.0, 40.0]), np.array([0.5, 5.0, 3.0])
    assert quantile(0.95, a, b) == pytest.approx(betaincinv(a, b, 0.95))
