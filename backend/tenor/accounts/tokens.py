"""Access tokens: made and checked here, nowhere else. Never stores one, never trusts a token's own algorithm."""

import hashlib
import secrets
from dataclasses import dataclass
from uuid import UUID

import jwt

from tenor.kernel.errors import TenorError
from tenor.kernel.ids import new_id

ACCESS_SECONDS = 900
SESSION_SECONDS = 30 * 86_400
_ALGORITHM = "HS256"


class NotLoggedIn(TenorError):
    """No token, or one that is not ours, not valid any more, or whose session has ended."""

    status = 401


@dataclass(frozen=True, slots=True)
class Claims:
    """`subject` as SEP-10 writes it; times are Unix seconds."""

    subject: str
    account_id: UUID
    session_id: UUID
    expires_at: int


def issue(
    *, subject: str, account_id: UUID, session_id: UUID, public_url: str, key: bytes, now: int
) -> tuple[str, Claims]:
    """A JWT with SEP-10's claims (`iss`, `sub`, `iat`, `exp`, `jti`) and ours (`aud`, `acc`, `sid`)."""
    claims = Claims(subject, account_id, session_id, now + ACCESS_SECONDS)
    body = {
        "iss": f"{public_url}/auth",
        "aud": public_url,
        "sub": subject,
        "iat": now,
        "exp": claims.expires_at,
        "jti": str(new_id()),
        "acc": str(account_id),
        "sid": str(session_id),
    }
    return jwt.encode(body, key, algorithm=_ALGORITHM), claims


def bearer(authorization: str | None) -> str:
    """The token of an Authorization header."""
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer":
        raise NotLoggedIn("This needs `Authorization: Bearer <token>`; a token comes from /auth (SEP-10).")
    return token.strip()


def read(token: str, *, public_url: str, key: bytes, now: int) -> Claims:
    """The claims of a token of ours that is valid at `now`; `NotLoggedIn` for any other (P80)."""
    try:
        body = jwt.decode(
            token,
            key,
            algorithms=[_ALGORITHM],
            audience=public_url,
            issuer=f"{public_url}/auth",
            options={
                "require": ["iss", "aud", "sub", "iat", "exp", "jti"],
                "verify_exp": False,  # against our clock, below
                "verify_iat": False,
            },
        )
        claims = Claims(body["sub"], UUID(body["acc"]), UUID(body["sid"]), int(body["exp"]))
    except (jwt.InvalidTokenError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise NotLoggedIn("The access token is not one of this platform: log in again at /auth.") from error
    if now >= claims.expires_at:
        raise NotLoggedIn("The access token has expired: refresh it at /v1/sessions/refresh or log in again.")
    return claims


def new_refresh_token() -> str:
    return "tnr_" + secrets.token_urlsafe(32)


def digest(refresh_token: str) -> bytes:
    """What the database keeps of a refresh token: 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(refresh_token.encode()).digest()
