"""Names resolve to classes; a typo lists what there is."""

import pytest

from fogline import registry
from fogline.errors import UnknownName


@pytest.mark.parametrize(("seam", "name"), [(s, n) for s, names in registry.SHIPPED.items() for n in names])
def test_every_registered_name_resolves(seam: str, name: str) -> None:
    assert isinstance(registry.pick(seam, name), type)


def test_a_typo_is_an_error_that_names_what_there_is() -> None:
    with pytest.raises(UnknownName, match="No store is named 'sqlit'") as caught:
        registry.pick("store", "sqlit")
    assert "memory, sqlite" in caught.value.hint
    assert "Did you mean 'sqlite'?" in caught.value.hint


def test_names_are_listed() -> None:
    assert registry.names("engine") == ("serial", "pool", "ray")
