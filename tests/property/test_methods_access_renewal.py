"""What is worked out anew after a change is what working everything out would give."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from etl.methods.access import measure_access
from etl.methods.access_renewal import renew_access
from etl.methods.arrays import FloatArray
from tests.property.test_methods_access import places


@given(origins=places(most=12), before=places(most=8), data=st.data())
def test_renewing_gives_what_measuring_everything_gives(
    origins: FloatArray, before: FloatArray, data: st.DataObject
) -> None:
    population = np.arange(1.0, len(origins) + 1)
    gone = data.draw(st.integers(0, len(before)))
    come = data.draw(places(most=4))
    after = np.vstack([before[gone:], come])
    was = measure_access(origins=origins, population=population, assets=before).e2sfca
    changed = np.vstack([before[:gone], come])
    renewed = renew_access(was, origins=origins, population=population, assets=after, changed=changed)
    whole = measure_access(origins=origins, population=population, assets=after).e2sfca
    np.testing.assert_allclose(renewed, whole, rtol=1e-12)
    assert ((renewed == 0) == (whole == 0)).all()


@given(origins=places(most=12), assets=places(most=8))
def test_a_change_far_away_leaves_everything_as_it_was(origins: FloatArray, assets: FloatArray) -> None:
    population = np.ones(len(origins))
    was = measure_access(origins=origins, population=population, assets=assets).e2sfca
    far = np.array([[500_000.0, 500_000.0]])
    renewed = renew_access(was, origins=origins, population=population, assets=np.vstack([assets, far]), changed=far)
    assert renewed is was
