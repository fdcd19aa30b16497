"""Stores of sealed documents: the CID is ours, the content is checked, and a store that lies is caught."""

import asyncio
import json
import os
import subprocess
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import ipfshttpclient
import pytest

from tenor.documents.cid import CHUNK_BYTES, cid_of
from tenor.documents.ipfs import BlockStoreDocuments, KuboDocuments
from tenor.documents.refusals import ContentMismatch, DocumentMissing, StoreExposed, StoreUnavailable

CYCLE = bytes(range(256))
VECTORS = {
    "hello": (b"hello\n", "bafkreicysg23kiwv34eg2d7qweipxwosdo2py4ldv42nbauguluen5v6am"),
    "empty": (b"", "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"),
    "three chunks": (CYCLE * 12288, "bafybeignibaewothtuttuzcxzretnwuon55js6prplz6uzn2sgzvcscka4"),
    "fifty chunks": (bytes(50 * 2**20), "bafybeigenopvi7eoa5gu4xzg6mmsevm2eeq4d34qbof7buut6zkupc7z2u"),
}


@pytest.mark.parametrize("name", VECTORS)
def test_p117_the_published_check_vectors(name):
    data, cid = VECTORS[name]
    assert cid_of(data) == cid


def test_a_chunk_more_changes_the_form():
    assert cid_of(b"x" * CHUNK_BYTES).startswith("bafkrei")
    assert cid_of(b"x" * (CHUNK_BYTES + 1)).startswith("bafybei")


async def test_the_block_store_gives_back_what_was_put(tmp_path):
    store = BlockStoreDocuments(tmp_path / "with space")
    cid = await store.put(b"sealed")
    assert cid == cid_of(b"sealed")
    assert await store.get(cid) == b"sealed"
    assert await store.put(b"sealed") == cid
    await store.drop(cid)
    with pytest.raises(DocumentMissing, match=cid):
        await store.get(cid)


async def test_the_block_store_leaves_no_half_written_file(tmp_path):
    store = BlockStoreDocuments(tmp_path)
    await asyncio.gather(*(store.put(b"one document") for _ in range(20)))
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [cid_of(b"one document")]


async def test_p118_content_that_changed_on_disk_is_refused(tmp_path):
    store = BlockStoreDocuments(tmp_path)
    cid = await store.put(b"sealed")
    next(path for path in tmp_path.rglob(cid)).write_bytes(b"another")
    with pytest.raises(ContentMismatch, match=cid):
        await store.get(cid)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "", "QmZULkCELmmk5XNfCgTnCyFgAVxBRBXyDHGGMVoLFLiXEN", "b" + "a" * 500]
)
async def test_what_is_no_cid_never_becomes_a_path(tmp_path, name):
    with pytest.raises(DocumentMissing):
        await BlockStoreDocuments(tmp_path).get(name)


async def test_a_full_or_forbidden_disk_is_said(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreUnavailable):
        await BlockStoreDocuments(tmp_path / "file").put(b"sealed")


@contextmanager
def node(answers):
    """An HTTP server in a Kubo node's place: path -> (status, body). It stands for a stranger, not for our code."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers.get("content-length") or 0))
            status, body = answers.get(self.path.split("?")[0].removeprefix("/api/v0"), (404, b"no"))
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


async def test_p118_a_node_that_stores_something_else_is_caught():
    lie = json.dumps({"Name": "x", "Hash": cid_of(b"other"), "Size": "5"}).encode()
    with node({"/add": (200, lie), "/cat": (200, b"other")}) as api:
        documents = KuboDocuments(api)
        with pytest.raises(ContentMismatch, match=cid_of(b"sealed")):
            await documents.put(b"sealed")
        with pytest.raises(ContentMismatch):
            await documents.get(cid_of(b"sealed"))


async def test_a_node_that_talks_nonsense_or_is_gone_is_unavailable():
    with node({"/add": (500, b"{}"), "/cat": (200, b"")}) as api, pytest.raises(StoreUnavailable):
        await KuboDocuments(api).put(b"sealed")
    with pytest.raises(StoreUnavailable, match="later"):
        await KuboDocuments(api).put(b"sealed")


@pytest.mark.parametrize("api", ["http://192.0.2.7:5001", "/ip4/192.0.2.7/tcp/5001", "http://kubo.example:5001"])
def test_p119_an_open_admin_interface_is_refused(api):
    with pytest.raises(StoreExposed, match="loopback"):
        KuboDocuments(api)
    KuboDocuments(api, auth=("tenor", "secret"))


@pytest.mark.parametrize(
    "api", ["http://127.0.0.1:5001", "/ip4/127.0.0.1/tcp/5001", "http://localhost:5001", "http://[::1]:5001"]
)
def test_p119_loopback_needs_no_authorization(api):
    KuboDocuments(api)


@pytest.mark.parametrize("api", ["", "127.0.0.1:5001", "/ip4/127.0.0.1", "ftp://127.0.0.1"])
def test_a_wrong_address_is_one_sentence(api):
    with pytest.raises(StoreUnavailable, match="/tcp/5001"):
        KuboDocuments(api)


KUBO = Path(os.environ.get("TENOR_CACHE", Path.home() / ".cache" / "tenor")) / "kubo" / "ipfs"


@pytest.fixture(scope="module")
def kubo(tmp_path_factory):
    if not KUBO.exists():
        pytest.skip("no Kubo node: `make kubo` builds it")
    repository = tmp_path_factory.mktemp("kubo")
    environment = os.environ | {"IPFS_PATH": str(repository), "IPFS_TELEMETRY": "off"}
    subprocess.run([KUBO, "init", "--profile=test"], env=environment, check=True, capture_output=True)
    for key, value in (("Addresses.API", "/ip4/127.0.0.1/tcp/0"), ("Addresses.Gateway", "")):
        subprocess.run([KUBO, "config", key, value], env=environment, check=True, capture_output=True)
    daemon = subprocess.Popen(
        [KUBO, "daemon", "--offline"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        for line in daemon.stdout:
            if line.startswith("Daemon is ready"):
                break
        yield (repository / "api").read_text().strip()
    finally:
        daemon.terminate()
        daemon.communicate(timeout=30)


@pytest.mark.kubo
async def test_p116_p117_a_current_node_takes_and_gives_documents(kubo):
    documents = KuboDocuments(kubo)
    assert int((await documents.version()).split(".")[1]) >= 40
    for name in ("hello", "empty", "three chunks"):
        data, cid = VECTORS[name]
        assert await documents.put(data) == cid
        assert await documents.get(cid) == data
    await documents.drop(VECTORS["hello"][1])


@pytest.mark.kubo
async def test_p116_the_client_alone_would_refuse_the_node(kubo):
    with pytest.raises(ipfshttpclient.exceptions.VersionMismatch):
        ipfshttpclient.connect(kubo)


@pytest.mark.kubo
async def test_a_document_nobody_has_is_missing(kubo):
    with pytest.raises(StoreUnavailable):
        await KuboDocuments(kubo).get(cid_of(b"nobody ever stored this"))


@pytest.mark.kubo
async def test_dropping_twice_is_no_error(kubo):
    documents = KuboDocuments(kubo)
    cid = await documents.put(b"to be forgotten")
    await documents.drop(cid)
    await documents.drop(cid)
