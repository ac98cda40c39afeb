import hashlib

import pytest

from fogline.cli.main import run
from fogline.cli.serve import check_address, read_roles, read_tokens
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
    assert read_tokens(path) == {hashlib.sha256(TOKEN.encode()).hexdigest(): "Editor"}


def test_who_has_no_role_reads(tmp_path):
    path = tmp_path / "tokens"
    path.write_text(f"# roles\nEditor {TOKEN}\nKoval {TOKEN}2 reviewer\nChief {TOKEN}3 admin\n", "utf-8")
    assert len(read_tokens(path)) == 3
    assert read_roles(path) == {"Editor": "reader", "Koval": "reviewer", "Chief": "admin"}


@pytest.mark.parametrize("text", ["", "# nobody\n", f"Koval {TOKEN} boss\n", "Editor short\n", f"An editor {TOKEN}\n"])
def test_a_file_that_names_no_good_token_is_refused(tmp_path, text):
    path = tmp_path / "tokens"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError, match="token"):
        read_tokens(path)


def test_without_a_ledger_it_says_how_to_make_one(tmp_path, capsys):
    assert run(["serve", "--ledger", str(tmp_path / "none.sqlite")]) != 0
    assert "fogline build" in capsys.readouterr().err
