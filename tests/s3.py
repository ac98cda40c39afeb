"""A bucket on a server of this machine that speaks S3."""

import logging
import uuid
from collections.abc import Iterator

import pytest
from pytest_socket import enable_socket


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The server's address."""
    enable_socket()
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="localhost", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_server: str, socket_enabled: None, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a new bucket; the environment lets this process in."""
    for name, value in {
        "AWS_ENDPOINT_URL": s3_server,
        "AWS_ACCESS_KEY_ID": "made",
        "AWS_SECRET_ACCESS_KEY": "made",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()
    name = f"made-{uuid.uuid4().hex[:12]}"
    s3fs.S3FileSystem().mkdir(name)
    return f"s3://{name}"
