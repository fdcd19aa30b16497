"""The commitment binds every field and the file; a proof shows what it shows and nothing else."""

import hashlib
import json
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenor.invoices.commitment import CommitmentInvalid, ProofInvalid, commit, disclose, verify

VALUES = {
    "amount_due": "731230",
    "currency": "EUR",
    "debtor_name": "Atelier Lumen SARL",
    "due_date": "2026-11-13",
    "number": "2026-0417",
}
FILE = hashlib.sha256(b"file").digest()


def committed(values=VALUES):
    return commit(values, file_sha256=FILE, random=secrets.token_bytes)


def test_a_proof_shows_amount_and_date_and_hides_the_debtor():
    one = committed()
    proof = disclose(one, ["amount_due", "due_date"])
    assert verify(proof, root=one.root) == {"amount_due": "731230", "due_date": "2026-11-13"}
    assert "Lumen" not in proof
    assert one.salts["debtor_name"].hex() not in proof


def test_the_file_is_a_field_of_its_own():
    one = committed()
    assert verify(disclose(one, ["file_sha256"]), root=one.root) == {"file_sha256": FILE.hex()}


@given(
    st.dictionaries(st.text(min_size=1, max_size=12), st.text(max_size=20), max_size=20).filter(
        lambda d: "file_sha256" not in d
    ),
    st.data(),
)
def test_any_selection_of_any_tree_verifies(values, data):
    one = committed(values)
    names = data.draw(st.lists(st.sampled_from(sorted(one.values)), min_size=1, unique=True))
    assert verify(disclose(one, names), root=one.root) == {name: one.values[name] for name in names}


@pytest.mark.parametrize("name", sorted(VALUES))
def test_every_field_binds_the_root(name):
    one = committed()
    other = commit(VALUES | {name: VALUES[name] + "0"}, file_sha256=FILE, random=lambda _: b"s" * 32)
    same = commit(VALUES, file_sha256=FILE, random=lambda _: b"s" * 32)
    assert other.root != same.root
    assert one.root != same.root


@pytest.mark.parametrize(
    "forge",
    [
        lambda p: p["fields"][0].update(value="999999999"),
        lambda p: p["fields"][0].update(name="gross"),
        lambda p: p["fields"][0].update(salt="00" * 32),
        lambda p: p["fields"][0].update(index=0 if p["fields"][0]["index"] else 1),
        lambda p: p["fields"][0].update(index=-1),
        lambda p: p["fields"][0].update(index=10**9),
        lambda p: p["fields"][0]["path"].pop(),
        lambda p: p["fields"][0]["path"].append("00" * 32),
        lambda p: p.update(leaves=p["leaves"] + 1),
        lambda p: p.update(leaves=0),
        lambda p: p.update(leaves=10**9),
        lambda p: p.update(format="other"),
        lambda p: p.update(fields=[]),
        lambda p: p["fields"].append(p["fields"][0]),
        lambda p: p["fields"][0].update(salt="zz"),
        lambda p: p["fields"][0].pop("path"),
    ],
)
def test_forged_proofs_fail(forge):
    one = committed()
    proof = json.loads(disclose(one, ["amount_due"]))
    forge(proof)
    with pytest.raises((ProofInvalid, CommitmentInvalid)):
        verify(json.dumps(proof), root=one.root)


@pytest.mark.parametrize("proof", ["", "{}", "[]", "null", "[" * 10_000, '{"format": 1}'])
def test_nonsense_is_no_proof(proof):
    with pytest.raises(ProofInvalid):
        verify(proof, root=committed().root)


def test_a_proof_belongs_to_its_root():
    with pytest.raises(ProofInvalid):
        verify(disclose(committed(), ["number"]), root=committed().root)


def test_an_inner_node_does_not_pass_for_a_leaf():
    """Two leaves' hashes as a field's content: domain separation keeps the subtree from being shown as a field."""
    one = committed({"a": "1"})
    proof = json.loads(disclose(one, ["a"]))
    own, sibling = proof["fields"][0], proof["fields"][0]["path"][0]
    proof["fields"] = [{"name": own["value"], "value": sibling, "salt": own["salt"], "index": 0, "path": []}]
    proof["leaves"] = 1
    with pytest.raises(ProofInvalid):
        verify(json.dumps(proof), root=one.root)


def test_unknown_and_reserved_names_are_refused():
    with pytest.raises(CommitmentInvalid, match="nobody"):
        disclose(committed(), ["nobody"])
    with pytest.raises(CommitmentInvalid):
        commit({"file_sha256": "x"}, file_sha256=FILE, random=secrets.token_bytes)


def test_the_documented_encoding_is_the_one_used():
    """The module's text, followed by hand."""
    one = commit({"a": "1"}, file_sha256=b"\1" * 32, random=lambda count: b"s" * count)

    def leaf(name, value):
        sized = (len(name).to_bytes(4, "big") + name, len(value).to_bytes(4, "big") + value)
        return hashlib.sha256(b"\0" + b"".join(sized) + b"s" * 32).digest()

    top = hashlib.sha256(b"\1" + leaf(b"a", b"1") + leaf(b"file_sha256", (b"\1" * 32).hex().encode())).digest()
    assert one.root == hashlib.sha256(b"\2" + (2).to_bytes(4, "big") + top).digest()
