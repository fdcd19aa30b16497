"""Sealing: only the right key and the right document id open an envelope, and no byte may change."""

from dataclasses import replace

import pytest

from tenor.documents.refusals import SealBroken
from tenor.documents.vault import Sealed, open_sealed, rewrap, seal

KEY, OTHER = b"k" * 32, b"o" * 32
PLAIN = b"%PDF invoice of Nordwind over 7,312.30" * 50


def sealed():
    return seal(PLAIN, document_id="inv-1", platform_key=KEY)


def test_opens_again():
    assert open_sealed(sealed(), document_id="inv-1", platform_keys=(KEY,)) == PLAIN


def test_p115_the_store_sees_nothing_of_the_document():
    one, other = sealed(), sealed()
    assert PLAIN[:16] not in one.envelope
    assert one.envelope != other.envelope
    assert len(one.envelope) == len(PLAIN) + 8 + 1 + 24 + 16


@pytest.mark.parametrize("where", [0, 8, 9, 40, -1])
def test_altered_bytes_do_not_open(where):
    one = sealed()
    changed = bytearray(one.envelope)
    changed[where] ^= 1
    with pytest.raises(SealBroken):
        open_sealed(replace(one, envelope=bytes(changed)), document_id="inv-1", platform_keys=(KEY,))


@pytest.mark.parametrize("cut", [0, 5, 20, 60])
def test_cut_envelopes_and_keys_do_not_open(cut):
    one = sealed()
    for broken in (Sealed(one.envelope[:cut], one.wrapped_key), Sealed(one.envelope, one.wrapped_key[:cut])):
        with pytest.raises(SealBroken):
            open_sealed(broken, document_id="inv-1", platform_keys=(KEY,))


def test_an_envelope_is_bound_to_its_document():
    with pytest.raises(SealBroken, match="inv-2"):
        open_sealed(sealed(), document_id="inv-2", platform_keys=(KEY,))
    one, two = sealed(), seal(b"other", document_id="inv-2", platform_key=KEY)
    with pytest.raises(SealBroken):
        open_sealed(Sealed(two.envelope, one.wrapped_key), document_id="inv-1", platform_keys=(KEY,))


def test_the_platform_key_can_be_rotated_without_touching_the_envelope():
    one = sealed()
    wrapped = rewrap(one.wrapped_key, document_id="inv-1", old_key=KEY, new_key=OTHER)
    assert open_sealed(Sealed(one.envelope, wrapped), document_id="inv-1", platform_keys=(OTHER,)) == PLAIN
    with pytest.raises(SealBroken):
        open_sealed(Sealed(one.envelope, wrapped), document_id="inv-1", platform_keys=(KEY,))


def test_nothing_secret_is_printed():
    one = sealed()
    assert one.wrapped_key.hex() not in repr(one)
    assert str(one.wrapped_key) not in repr(one)


def test_while_keys_rotate_either_opens_and_neither_opens_what_is_another_s():
    one = sealed()
    assert open_sealed(one, document_id="inv-1", platform_keys=(OTHER, KEY)) == PLAIN
    with pytest.raises(SealBroken):
        open_sealed(one, document_id="inv-1", platform_keys=(OTHER, b"x" * 32))
