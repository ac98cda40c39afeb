from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from tests.gazetteer.sources import dump, line

from fogline.errors import BadGazetteer, UsageError
from fogline.gazetteer.fetching import fetch

CLOSED = 9
"""A port that nothing listens on (that of the discard service, long out of use)."""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def offered(tmp_path: Path) -> Path:
    folder = tmp_path / "offered"
    folder.mkdir()
    dump(folder / "GB.zip", [line()])
    return folder


@pytest.fixture
def server(offered: Path, socket_enabled: None) -> Iterator[str]:
    with ThreadingHTTPServer(("localhost", 0), partial(Quiet, directory=str(offered))) as serving:
        Thread(target=serving.serve_forever, daemon=True).start()
        yield f"http://localhost:{serving.server_address[1]}/"
        serving.shutdown()


def test_a_dump_is_fetched_from_a_server(server: str, offered: Path, tmp_path: Path) -> None:
    path = fetch("GB", tmp_path / "dumps", server)
    assert path == tmp_path / "dumps" / "GB.zip"
    assert path.read_bytes() == (offered / "GB.zip").read_bytes()
    assert [p.name for p in path.parent.iterdir()] == ["GB.zip"]


def test_a_dump_is_taken_from_a_folder(offered: Path, tmp_path: Path) -> None:
    assert fetch("GB", tmp_path / "dumps", str(offered)).read_bytes() == (offered / "GB.zip").read_bytes()


def test_a_dump_the_server_lacks_is_told(server: str, tmp_path: Path) -> None:
    with pytest.raises(BadGazetteer, match="the server answered 404"):
        fetch("FR", tmp_path, server)


def test_without_a_network_the_error_says_what_to_do(socket_enabled: None, tmp_path: Path) -> None:
    with pytest.raises(BadGazetteer, match="cannot be reached") as raised:
        fetch("GB", tmp_path, f"http://localhost:{CLOSED}/")
    assert "with another" in raised.value.hint
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("damage", [lambda raw: raw[:-60], lambda raw: b"<html>moved</html>", lambda raw: b""])
def test_what_is_cut_off_replaces_nothing(offered: Path, tmp_path: Path, damage) -> None:
    path = fetch("GB", tmp_path / "dumps", str(offered))
    before = path.read_bytes()
    (offered / "GB.zip").write_bytes(damage(before))
    with pytest.raises(BadGazetteer, match=r"cut off|damaged"):
        fetch("GB", tmp_path / "dumps", str(offered))
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == ["GB.zip"]


@pytest.mark.parametrize("name", ["gb", "GBR", "../GB", "GB/..", "", "cities501"])
def test_a_name_without_a_dump_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="no dump called"):
        fetch(name, tmp_path)
