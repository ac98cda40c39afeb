from xml.etree import ElementTree

from fogline.publish.calibration import LEFT, SIDE, TOP, calibration


def test_a_dot_a_bin_at_its_belief_and_truth_the_larger_the_more_states() -> None:
    root = ElementTree.fromstring(calibration([(0.1, 0.2, 10), (0.9, 0.8, 90)], "Ours & theirs"))
    dots = [e.attrib for e in root.iter() if e.tag.endswith("circle")]
    assert [(float(d["cx"]), float(d["cy"])) for d in dots] == [
        (LEFT + SIDE * 0.1, TOP + SIDE * 0.8), (LEFT + SIDE * 0.9, round(TOP + SIDE * 0.2, 1)),
    ]  # fmt: skip
    assert float(dots[0]["r"]) < float(dots[1]["r"])


def test_nothing_to_draw_is_an_empty_square() -> None:
    assert "circle" not in calibration([], "Nothing")
