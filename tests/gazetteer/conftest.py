"""The gazetteers of the shipped theatres."""

import pytest

from fogline.gazetteer import Gazetteer
from fogline.gazetteer.loading import load as gazetteer_of
from fogline.theatres.loading import load


@pytest.fixture(scope="session")
def ukraine() -> Gazetteer:
    return gazetteer_of(load("ukraine"))


@pytest.fixture(scope="session")
def world() -> Gazetteer:
    return gazetteer_of(load("world"))
