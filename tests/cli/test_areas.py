"""Pictures, made worlds and wrong questions at the command line."""

import csv
from xml.etree import ElementTree


def test_a_made_world_is_written_twice_the_same(fogline, tmp_path):
    from fogline.theatres.loading import load

    assert load("ukraine").sides
    for name in ("one", "two"):
        code, _, err = fogline("simulate", "--seed", 5, "--settlements", 3, "--days", 60, "-o", tmp_path / name)
        assert code == 0, err
    for name in ("reports.csv", "days.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    rows = list(csv.DictReader((tmp_path / "one" / "days.csv").read_text("utf-8").splitlines()))
    assert set(rows[0]) == {"settlement", "day", "true", "RU", "UA", "contested"}


def test_belief_is_drawn_as_svg_and_png(fogline, ledger, tmp_path):
    assert fogline("control", "Dubrova", "--ledger", ledger, "--plot", tmp_path / "d.svg")[0] == 0
    assert ElementTree.parse(tmp_path / "d.svg").getroot().tag.endswith("svg")
    assert fogline("control", "Dubrova", "--ledger", ledger, "--plot", tmp_path / "d.png")[0] == 0
    assert (tmp_path / "d.png").read_bytes().startswith(b"\x89PNG")
    code, _, err = fogline("control", "Dubrova", "--ledger", ledger, "--plot", tmp_path / "d.bmp")
    assert code == 2
    assert ".svg" in err


def test_a_wrong_box_or_map_is_said(fogline, ledger, tmp_path):
    assert fogline("changes", "--since", "2025-01-01", "--box", "1,2,x,4", "--ledger", ledger)[0] == 2
    assert fogline("compare-map", tmp_path / "none.csv", "--ledger", ledger)[0] == 2
