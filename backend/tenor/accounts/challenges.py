"""SEP-10 3.4.1: builds login challenges and judges the signed ones. Keeps nothing; knows no account of ours."""

import secrets
from base64 import b64encode
from dataclasses import dataclass

from stellar_sdk import Account, Keypair, TransactionBuilder, xdr
from stellar_sdk.sep import stellar_web_authentication as sep10
from stellar_sdk.sep.exceptions import InvalidSep10ChallengeError

from tenor.accounts.rules import Authority, Subject, subject_of
from tenor.kernel.errors import Invalid

CHALLENGE_SECONDS = 900
XDR_CHARACTERS_MAX = 50_000
_NONCE_BYTES = 48
_FEE_STROOPS = 100


class ChallengeInvalid(Invalid):
    """SEP-10 answers 400 whatever is wrong with a signed challenge."""

    status = 400


@dataclass(frozen=True, slots=True)
class Site:
    """Whom people log in to: `domain` is home domain and web-auth domain, host with port where it is not the usual."""

    domain: str
    signing_key: str
    passphrase: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A challenge that is ours and in time; `judged` decides whether the right people signed it."""

    envelope_xdr: str
    hash: str
    subject: Subject
    valid_until: int


def build(site: Site, subject: Subject, *, now: int) -> str:
    """The unsigned challenge (base64 XDR): never valid on a ledger, because its sequence is 0."""
    builder = TransactionBuilder(Account(site.signing_key, -1), site.passphrase, _FEE_STROOPS)
    builder.add_time_bounds(now, now + CHALLENGE_SECONDS)
    builder.append_manage_data_op(
        f"{site.domain} auth", b64encode(secrets.token_bytes(_NONCE_BYTES)), source=subject.muxed or subject.address
    )
    builder.append_manage_data_op("web_auth_domain", site.domain.encode(), source=site.signing_key)
    if subject.memo is not None:
        builder.add_id_memo(subject.memo)
    return builder.build().to_xdr()


def opened(site: Site, envelope_xdr: str, *, now: int) -> Answer:
    """What came back, if it is a challenge of ours (source, sequence, operations, server signature) and in time."""
    if len(envelope_xdr) > XDR_CHARACTERS_MAX:
        raise ChallengeInvalid(f"`transaction` has more than {XDR_CHARACTERS_MAX} characters.")
    try:
        challenge = sep10.read_challenge_transaction(
            envelope_xdr, site.signing_key, site.domain, site.domain, site.passphrase
        )
    except InvalidSep10ChallengeError as error:
        raise ChallengeInvalid(str(error)) from error
    except Exception as error:  # the SDK lets decoding errors of many kinds through
        raise ChallengeInvalid("`transaction` is not a transaction envelope in base64 XDR.") from error
    transaction = challenge.transaction.transaction
    assert transaction.preconditions is not None
    bounds = transaction.preconditions.time_bounds
    assert bounds is not None
    if not bounds.min_time <= now <= bounds.max_time:
        raise ChallengeInvalid("The challenge is outside its time bounds: ask for a new one.")
    memo = None if challenge.memo is None else str(challenge.memo)
    return Answer(
        envelope_xdr,
        challenge.transaction.hash_hex(),
        subject_of(challenge.client_account_id, memo),
        bounds.max_time,
    )


def judge(site: Site, answer: Answer, authority: Authority) -> None:
    """Raises unless current signers of the account, each once and nobody else, reach the threshold (SEP-10)."""
    try:
        sep10.verify_challenge_transaction_threshold(
            answer.envelope_xdr,
            site.signing_key,
            site.domain,
            site.domain,
            site.passphrase,
            authority.threshold,
            list(authority.signers),
        )
    except InvalidSep10ChallengeError as error:
        raise ChallengeInvalid(str(error)) from error
    except ValueError as error:
        raise ChallengeInvalid("The account has no signer that could log in.") from error


def account_key(address: str) -> xdr.LedgerKey:
    """Where the ledger keeps the signers and thresholds of `address`."""
    account = xdr.LedgerKeyAccount(Keypair.from_public_key(address).xdr_account_id())
    return xdr.LedgerKey(xdr.LedgerEntryType.ACCOUNT, account=account)
