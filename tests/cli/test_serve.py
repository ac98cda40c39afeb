import hashlib

import pytest

from fogline.api.people import Person, Role, read_tokens
from fogline.cli.main import run
from fogline.cli.serve import check_address, check_pair
from fogline.errors import UsageError

TOKEN = "a-long-random-token-of-letters"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "ledger.example"])
def test_an_address_that_others_reach_is_refused_without_authentication(host, capsys):
    assert run(["serve", "--host", host]) == 2
    told = capsys.readouterr().err
    assert "no authentication is configured" in told
    assert "--tokens" in told
    check_address(host, guarded=True)


@pytest.mark.parametrize("host", ["localhost", "::1"])
def test_this_machine_is_served_without(host):
    check_address(host, guarded=False)


def test_tokens_are_kept_as_their_hashes(tmp_path):
    path = tmp_path / "tokens"
    path.write_text(f"# who may read\n\nEditor {TOKEN}\n", "utf-8")
    assert read_tokens(path) == {hashlib.sha256(TOKEN.encode()).hexdigest(): Person("Editor", Role.READER)}


def test_who_has_no_role_reads(tmp_path):
    path = tmp_path / "tokens"
    path.write_text(f"# roles\nEditor {TOKEN}\nKoval {TOKEN}2 reviewer\nChief {TOKEN}3 admin\n", "utf-8")
    people = [(one.name, one.role) for one in read_tokens(path).values()]
    assert people == [("Editor", Role.READER), ("Koval", Role.REVIEWER), ("Chief", Role.ADMIN)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nobody\n",
        f"Koval {TOKEN} boss\n",
        "Editor short\n",
        f"An editor {TOKEN}\n",
        f"A {TOKEN}\nB {TOKEN} admin\n",
    ],
)
def test_a_file_that_names_no_good_token_is_refused(tmp_path, text):
    path = tmp_path / "tokens"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError, match="token"):
        read_tokens(path)


def test_without_a_ledger_it_says_how_to_make_one(tmp_path, capsys):
    assert run(["serve", "--ledger", str(tmp_path / "none.sqlite")]) != 0
    assert "fogline build" in capsys.readouterr().err


def test_a_certificate_needs_its_key(tmp_path):
    there = tmp_path / "cert.pem"
    there.write_text("x")
    check_pair(there, there)
    check_pair(None, None)
    for pair in ((there, None), (None, there), (there, tmp_path / "none.pem")):
        with pytest.raises(UsageError):
            check_pair(*pair)
