"""Made worlds, and the properties that control must have in any of them."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import THEATRE

from fogline.control import worlds
from fogline.control.inferring import infer
from fogline.model import CONTESTED, Family, Theatre

SWAPPED = {"NO": "SO", "SO": "NO", CONTESTED: CONTESTED}
WORLD_THEATRE: Theatre = replace(THEATRE, begins=worlds.BEGINS)


def concluded(world, claims=None, families=None, known_by=None):
    found = infer(
        world.claims if claims is None else claims,
        world.documents,
        world.families if families is None else families,
        world.sources,
        WORLD_THEATRE,
        known_by=known_by,
        parameters=worlds.parameters(worlds.Habits()),
    )
    return {control.geonameid: control for control in found}


def test_a_seed_makes_one_world():
    one, again, other = (worlds.make(WORLD_THEATRE, 3, 60, seed) for seed in (1, 1, 2))
    assert one == again
    assert one.claims != other.claims


def test_a_silent_world_says_nothing():
    habits = worlds.Habits(status=0, news=0, boasts=0, admits=0)
    assert worlds.make(WORLD_THEATRE, 3, 60, 1, habits).claims == ()


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 10_000))
def test_copies_change_nothing(seed):
    world = worlds.make(WORLD_THEATRE, 2, 90, seed)
    copies = {member for family in world.families for member in family.members if member != family.root}
    alone = concluded(world, [claim for claim in world.claims if claim.id not in copies])
    for place, control in concluded(world).items():
        shared = min(len(control.daily), len(alone[place].daily))  # a late copy may end the timeline later
        assert np.allclose(control.daily[:shared], alone[place].daily[:shared], atol=1e-12)


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 10_000))
def test_swapping_the_sides_swaps_the_belief(seed):
    world = worlds.make(WORLD_THEATRE, 2, 90, seed)
    swapped, renamed = [], {}
    for claim in world.claims:
        chain = tuple(replace(s, side=SWAPPED.get(s.side, s.side)) for s in claim.attribution.chain)
        other = replace(
            claim, holder=SWAPPED[claim.holder], attribution=replace(claim.attribution, chain=chain)
        )  # fmt: skip
        renamed[claim.id] = other.id
        swapped.append(other)
    families = [
        Family(root=renamed[family.root], members=tuple(renamed[member] for member in family.members))
        for family in world.families
    ]
    before, after = concluded(world), concluded(world, swapped, families)
    for place, control in before.items():
        assert np.allclose(np.array(control.daily)[:, [1, 0, 2]], after[place].daily, atol=1e-9)


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 10_000), st.integers(20, 80))
def test_what_was_published_later_has_no_effect(seed, day):
    world, known_by = worlds.make(WORLD_THEATRE, 2, 90, seed), worlds.BEGINS + timedelta(day)
    early = [c for c in world.claims if world.documents[c.document_id].published.end <= known_by]
    now, then = concluded(world, known_by=known_by), concluded(world, early, known_by=known_by)
    assert {p: c.daily for p, c in now.items()} == {p: c.daily for p, c in then.items()}


@pytest.mark.parametrize("seed", range(4))
def test_belief_is_better_than_chance(seed):
    world = worlds.make(WORLD_THEATRE, 20, 200, seed)
    found = concluded(world)
    right = [
        dict(zip(control.states, belief, strict=True))[world.paths[place - 1][day]]
        for place, control in found.items()
        for day, belief in enumerate(control.daily[:200])
    ]
    assert sum(right) / len(right) > 0.55
