"""A ledger in PostgreSQL: what may be opened, what is said of what may not, two builders, a server that goes away."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.contracts.readings import FIRST, LYPOVE, NOON, conclusions, judgement, reading
from tests.postgres_server import Cluster

from fogline.errors import FoglineError, LedgerBusy, LedgerError, NewerLedger, NotALedger
from fogline.model import Asked
from fogline.store import holding, migrating, postgres_server
from fogline.store.opening import open_ledger, shown
from fogline.store.postgres import PostgresLedger
from fogline.store.schema import LAYOUT
from fogline.store.standing import standing

ONE = reading("one.txt", "We hold Hrushivka.")
SECRET = "s3cret-word"


@pytest.fixture
def own(cluster: Cluster) -> Iterator[str]:
    """The name of a database that the test may spoil."""
    name = cluster.create("made")
    yield name
    cluster.tell("postgres", f"DROP DATABASE {name} WITH (FORCE)")


def test_an_address_means_this_store(postgres: str) -> None:
    ledger = open_ledger(postgres)
    assert isinstance(ledger, PostgresLedger)
    ledger.close()
    ledger.close()
    with pytest.raises(LedgerError, match="was closed"):
        ledger.claims()


@pytest.mark.parametrize(
    "address",
    ["postgresql://", "postgresql://u:{}@host", "postgresql://u:{}@h:port/x"],
)
def test_an_address_that_is_none_is_not_repeated(address: str) -> None:
    with pytest.raises(LedgerError, match="address") as caught:
        PostgresLedger(address.format(SECRET))
    assert "postgresql://USER" in caught.value.hint
    assert SECRET not in f"{caught.value.message} {caught.value.hint}"


def test_no_such_database(cluster: Cluster) -> None:
    with pytest.raises(LedgerError, match="there is no such database") as caught:
        PostgresLedger(cluster.address("nothing", password=SECRET))
    assert "createdb" in caught.value.hint
    assert SECRET not in str(caught.value)


def test_a_wrong_password_is_not_shown(cluster: Cluster, own: str) -> None:
    cluster.tell("postgres", "DROP ROLE IF EXISTS ann", "CREATE ROLE ann LOGIN PASSWORD 'right'")
    rules = cluster.folder / "data" / "pg_hba.conf"
    before = rules.read_text("ascii")
    try:
        rules.write_text("local all ann scram-sha-256\n" + before, "ascii")
        cluster.tell("postgres", "SELECT pg_reload_conf()")
        address = cluster.address(own, "ann", SECRET)
        told = refused_for_its_password(address)
        assert SECRET not in f"{told.message} {told.hint}"
        assert ".pgpass" in told.hint
    finally:
        rules.write_text(before, "ascii")
        cluster.tell("postgres", "SELECT pg_reload_conf()")


def refused_for_its_password(address: str) -> FoglineError:
    """The error once the server has taken up its new rules, which it does in its own time."""
    for _ in range(200):
        try:
            PostgresLedger(address).close()
        except LedgerError as error:
            if "wrong user or password" in error.message:
                return error
    pytest.fail("the server asks for no password")


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(LedgerError, match="no server listens there"):
        PostgresLedger("postgresql://ann@/ledger?host=/nowhere-at-all")


@pytest.mark.enable_socket
def test_an_address_that_takes_the_call_and_never_answers() -> None:
    with socket.create_server(("localhost", 0)) as silent:
        port = silent.getsockname()[1]
        begun = time.monotonic()
        with pytest.raises(LedgerError, match="the server does not answer") as caught:
            PostgresLedger(f"postgresql://ann:{SECRET}@localhost:{port}/war?connect_timeout=2")
        assert time.monotonic() - begun < 60
    assert "Check host and port" in caught.value.hint
    assert SECRET not in f"{caught.value.message} {caught.value.hint}"


@pytest.mark.enable_socket
def test_a_port_at_which_nobody_listens_and_a_host_that_nobody_knows() -> None:
    with socket.create_server(("localhost", 0)) as taken:
        port = taken.getsockname()[1]
    for host, told in (
        (f"localhost:{port}", "no server listens there"),
        ("no-such-host.invalid", "no such host is known"),
    ):
        with pytest.raises(LedgerError, match=told) as caught:
            PostgresLedger(f"postgresql://ann:{SECRET}@{host}/war")
        assert SECRET not in f"{caught.value.message} {caught.value.hint}"


def test_a_database_without_a_ledger_and_one_of_another_program(cluster: Cluster) -> None:
    name = cluster.create()
    try:
        with pytest.raises(NotALedger, match="no ledger") as caught:
            PostgresLedger(cluster.address(name), read_only=True)
        assert "fogline build" in caught.value.hint
        cluster.tell(name, "CREATE TABLE theirs (n int)")
        with pytest.raises(NotALedger, match="another program"):
            PostgresLedger(cluster.address(name))
        assert cluster.tell(name, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'") == [("theirs",)]
    finally:
        cluster.tell("postgres", f"DROP DATABASE {name} WITH (FORCE)")


def test_a_missing_extension_names_the_command(cluster: Cluster) -> None:
    name = cluster.create()
    try:
        cluster.tell("postgres", "DROP ROLE IF EXISTS bea", "CREATE ROLE bea LOGIN")
        cluster.tell(name, "GRANT ALL ON SCHEMA public TO bea")
        with pytest.raises(LedgerError, match="PostGIS") as caught:
            PostgresLedger(cluster.address(name, "bea"))
        assert f"psql --dbname {name} --command 'CREATE EXTENSION postgis'" in caught.value.hint
        cluster.tell(name, "CREATE EXTENSION postgis")
        with PostgresLedger(cluster.address(name, "bea")) as ledger:
            assert ledger.add(FIRST, [ONE], NOON) == 1
    finally:
        cluster.tell("postgres", f"DROP DATABASE {name} WITH (FORCE)")


def test_a_server_that_has_no_postgis_names_what_installs_it(cluster: Cluster) -> None:
    name = cluster.create()
    # What this server could switch on is hidden from one user, who finds a list of his own in its place.
    hide = "ALTER ROLE cid SET search_path = public, pg_catalog"
    view = "CREATE VIEW public.pg_available_extensions AS SELECT ''::name AS name, ''::text AS installed_version WHERE false"
    try:
        cluster.tell("postgres", "DROP ROLE IF EXISTS cid", "CREATE ROLE cid LOGIN", hide)
        cluster.tell(
            name, "GRANT ALL ON SCHEMA public TO cid", view, "GRANT SELECT ON public.pg_available_extensions TO cid"
        )
        with pytest.raises(LedgerError, match="the server has no PostGIS") as caught:
            PostgresLedger(cluster.address(name, "cid"))
        assert "apt install postgresql-15-postgis-3" in caught.value.hint
    finally:
        cluster.tell("postgres", f"DROP DATABASE {name} WITH (FORCE)")


def test_a_large_ledger_is_held_as_it_comes_from_the_server(postgres: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "_AT_ONCE", 7)
    every = [reading(f"{n}.txt", f"Sentence {n} speaks of the bridge.", places=(LYPOVE,)) for n in range(40)]
    with PostgresLedger(postgres) as ledger:
        ledger.add(FIRST, every, NOON)
        plain = (ledger.counts(Asked()), ledger.places(), ledger.page(Asked(), limit=100))
        ledger.hold()
        assert (ledger.counts(Asked()), ledger.places(), ledger.page(Asked(), limit=100)) == plain
        assert sum(plain[0]["kind"].values()) == 40


@pytest.mark.parametrize("read_only", [True, False])
def test_a_newer_ledger_is_refused_with_both_versions(cluster: Cluster, own: str, read_only: bool) -> None:
    cluster.tell(
        own,
        "UPDATE alembic_version SET version_num = '9001'",
        "UPDATE about SET value = '77.1' WHERE name = 'fogline'",
    )
    with pytest.raises(NewerLedger, match=rf"fogline 77\.1 \(layout 9001\).*layout {LAYOUT}"):
        PostgresLedger(cluster.address(own), read_only=read_only)


def test_one_builder_at_a_time_and_readers_do_not_wait(postgres: str) -> None:
    told: list[str] = []
    with PostgresLedger(postgres) as first:
        first.add(FIRST, [ONE], NOON)
        with pytest.raises(LedgerBusy, match=r"written by fogline, process \d+ on .*waited 0.2 s"):
            PostgresLedger(postgres, wait_seconds=0.2, waiting=told.append)
        with PostgresLedger(postgres, wait_seconds=0.0, read_only=True) as reader:
            assert reader.claims() == ONE.claims
            with pytest.raises(LedgerError, match="for reading only"):
                reader.judge(judgement("hasty"))
    assert "waiting for fogline, process" in told[0]
    PostgresLedger(postgres, wait_seconds=0.0).close()


def test_two_builders_neither_lose_nor_double_a_claim(postgres: str) -> None:
    every = [reading(f"{n}.txt", f"Sentence {n} speaks of the bridge.") for n in range(60)]

    def build(order: list[int]) -> None:
        for n in order:
            with PostgresLedger(postgres, wait_seconds=60.0) as ledger:
                ledger.add(FIRST, every[n * 10 : n * 10 + 10], NOON)

    both = [threading.Thread(target=build, args=(order,)) for order in ([0, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0])]
    for builder in both:
        builder.start()
    for builder in both:
        builder.join()
    with PostgresLedger(postgres, read_only=True) as ledger:
        assert sorted(c.id for c in ledger.claims()) == sorted(c.id for one in every for c in one.claims)


def test_a_server_that_goes_away_loses_nothing_that_was_stored(postgres: str, cluster: Cluster) -> None:
    more = [reading(f"{n}.txt", f"Sentence {n}.") for n in range(3)]

    def interrupted() -> Iterator[object]:
        yield more[0]
        cluster.stop()
        yield from more[1:]

    with PostgresLedger(postgres) as ledger:
        ledger.add(FIRST, [ONE], NOON)
        ledger.conclude(conclusions(ONE.claims))
        with pytest.raises(LedgerError, match=r"went away|no server listens") as caught:
            ledger.add(FIRST, interrupted(), NOON)  # type: ignore[arg-type]
        assert caught.value.hint
    cluster.start()
    with PostgresLedger(postgres) as ledger:
        assert ledger.claims() == ONE.claims
        assert ledger.add(FIRST, [ONE, *more], NOON) == 3


def test_who_reads_notices_nothing_of_a_server_that_was_started_again(postgres: str, cluster: Cluster) -> None:
    with PostgresLedger(postgres) as writer:
        writer.add(FIRST, [ONE], NOON)
        with PostgresLedger(postgres, read_only=True) as reader:
            with ThreadPoolExecutor(4) as threads:
                assert set(threads.map(lambda _: reader.revision(), range(12))) == {writer.revision()}
            before = reader.revision()
            cluster.stop()
            with pytest.raises(LedgerError, match=r"went away|no server listens"):
                reader.revision()
            cluster.start()
            assert reader.revision() == before
            assert reader.claims() == ONE.claims
            assert writer.add(FIRST, [reading("more.txt", "More of it.")], NOON) == 1
            assert reader.revision() != before


def test_texts_with_every_character_come_back(postgres: str) -> None:
    odd = reading("a\x00b.txt", "NUL \x00, SUB \x1a, SUB and digits \x1a0\x1a1, and \\ \t.")
    with PostgresLedger(postgres) as ledger:
        ledger.add(FIRST, [odd], NOON)
        assert ledger.claims() == odd.claims
        assert ledger.documents() == (odd.document,)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgresql://ann:secret@host:5432/x", "postgresql://ann:***@host:5432/x"),
        ("postgresql://ann@/x?host=/tmp&password=secret", "postgresql://ann@/x?host=/tmp"),
        ("postgresql:///x?password=secret", "postgresql:///x"),
        ("reports/ledger.sqlite", "reports/ledger.sqlite"),
    ],
)
def test_no_password_is_shown(address: str, told: str) -> None:
    assert shown(address) == told


def test_an_older_ledger_is_told_as_it_is_and_brought_up_when_opened(cluster: Cluster) -> None:
    name = cluster.create()
    address = cluster.address(name)
    engine = postgres_server.engine(postgres_server.address(address))
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE EXTENSION postgis")
            migrating.migrate(connection, "0001")
        before = standing(address)
        assert (before.layout, before.newest, before.counts) == ("0001", LAYOUT, ())
        assert before.pending == len(migrating.known_layouts()) - 1
        assert standing(address).layout == "0001"  # looking changes nothing
        with PostgresLedger(address, read_only=True) as ledger:
            assert ledger.claims() == ()
        with PostgresLedger(address) as ledger:
            ledger.add(FIRST, [ONE], NOON)
            assert ledger.search("hold") == ONE.claims
            during = standing(address)
        assert (during.layout, during.pending) == (LAYOUT, 0)
        assert dict(during.counts) == {"documents": 1, "claims": 1, "runs": 1, "judgements": 0}
        assert during.writer.startswith("fogline, process")
        assert during.store.startswith("PostgreSQL 1")
        assert "PostGIS 3" in during.store
        assert during.size > 1_000_000
        assert standing(address).writer == ""
    finally:
        engine.dispose()
        cluster.tell("postgres", f"DROP DATABASE {name} WITH (FORCE)")


def test_a_builder_whose_lock_the_server_dropped_does_not_number_over_the_next(postgres: str, cluster: Cluster) -> None:
    with PostgresLedger(postgres) as first:
        first.add(FIRST, [ONE], NOON)
        cluster.tell(
            "made",
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = 1179600716",
        )
        with PostgresLedger(postgres, wait_seconds=10.0) as second:
            sides = [
                threading.Thread(
                    target=lambda ledger=ledger, side=side: [
                        ledger.add(FIRST, [reading(f"{side}-{n}.txt", f"Sentence {side} {n}.")], NOON)
                        for n in range(15)
                    ]
                )
                for side, ledger in enumerate((first, second))
            ]
            for each in sides:
                each.start()
            for each in sides:
                each.join()
            assert len({claim.id for claim in second.claims()}) == len(second.claims()) == 31
