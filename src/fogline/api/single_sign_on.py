"""Signing in at an OpenID provider (OpenID Connect Core 1.0, authorization code with PKCE), by Authlib.

What a person may do comes from a claim of the ID token; whoever has none of the values named there is not let in.
"""

from __future__ import annotations

import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from fastapi import FastAPI, Request, Response

from fogline.api.addresses import is_loopback
from fogline.api.people import LONGEST_NAME, Person, Role
from fogline.api.problems import Unreached
from fogline.errors import UsageError

if TYPE_CHECKING:
    from httpx2 import AsyncBaseTransport

DONE = "v1/sign-in/done"
"""Where the provider sends people back to, below the public address."""

LONGEST = 600
"""Seconds that somebody has for signing in at the provider."""

NAMED = ("issuer", "client_id", "public_url")
KNOWN = (*NAMED, "client_secret_file", "scope", "name_claim", "role_claim", "title", "roles")


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """An OpenID provider as the file of settings has it; ``roles`` maps a value of the role claim to a role."""

    issuer: str
    client_id: str
    public_url: str
    client_secret: str = field(default="", repr=False)
    scope: str = "openid email profile"
    name_claim: str = "email"
    role_claim: str = "groups"
    title: str = "single sign-on"
    roles: Mapping[str, Role] = field(default_factory=dict)


def read(path: Path) -> Provider:
    """The provider of a TOML file; raises ``UsageError`` for one that does not say all, or says it insecurely."""
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: cannot be read ({error}).", "Give a TOML file; the manual shows one.") from error
    _check(path, told)
    roles = {value: Role(role) for role in ("reader", "reviewer", "admin") for value in told["roles"].get(role, [])}
    words = {name: told[name].strip() for name in KNOWN if name not in ("roles", "client_secret_file") and name in told}
    words["public_url"] = words["public_url"].rstrip("/") + "/"
    return Provider(**words, roles=roles, client_secret=_secret(path, told.get("client_secret_file", "")))


def _check(path: Path, told: Mapping[str, Any]) -> None:
    stray = sorted(set(told) - set(KNOWN))
    if stray:
        raise UsageError(f"{path}: there is no {stray[0]!r}.", f"There are: {', '.join(KNOWN)}.")
    for name in KNOWN[:-1]:
        if not isinstance(told.get(name, ""), str) or (name in NAMED and not told.get(name)):
            raise UsageError(f"{path}: {name} has to be a text.", f"Give {', '.join(NAMED)} and [roles].")
    for name in ("issuer", "public_url"):
        where = urlsplit(told[name])
        if where.scheme != "https" and not (where.scheme == "http" and is_loopback(where.hostname or "")):
            raise UsageError(f"{path}: {name} is not encrypted: {told[name]}.", "Give an address with https.")
    if urlsplit(told["public_url"]).path not in ("", "/"):
        raise UsageError(
            f"{path}: public_url is not the root of a host.", "Serve fogline under a host name of its own."
        )
    roles = told.get("roles")
    if not isinstance(roles, dict) or not roles or set(roles) - {role.value for role in Role}:
        raise UsageError(f"{path}: [roles] has to name {', '.join(Role)}.", 'For example reviewer = ["desk"].')
    if any(
        not isinstance(values, list) or not all(isinstance(one, str) for one in values) for values in roles.values()
    ):
        raise UsageError(f"{path}: each of [roles] is a list of texts.", 'For example reviewer = ["desk"].')


def _secret(path: Path, name: str) -> str:
    if not name:
        return ""
    try:
        return (path.parent / name).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path}: client_secret_file cannot be read ({error}).", "Give the file of the secret."
        ) from error


class SingleSignOn:
    """Takes people to a provider and back; made once a server. ``transport`` reaches the provider where the network does not."""

    def __init__(self, provider: Provider, transport: AsyncBaseTransport | None = None) -> None:
        try:
            from authlib.integrations.starlette_client import OAuth
        except ImportError as error:
            raise UsageError(
                f"{error.name} is not installed.", "Install it with: pip install 'fogline[serve,oidc]'."
            ) from error
        self._provider = provider
        self.title = provider.title
        self.home = provider.public_url
        self._client = OAuth().register(
            "provider",
            client_id=provider.client_id,
            client_secret=provider.client_secret or None,
            server_metadata_url=provider.issuer.rstrip("/") + "/.well-known/openid-configuration",
            client_kwargs={
                "scope": provider.scope,
                "code_challenge_method": "S256",
                "token_endpoint_auth_method": "client_secret_basic" if provider.client_secret else "none",
                "transport": transport,
            },
        )

    def prepare(self, app: FastAPI) -> None:
        """Let the app remember, between leaving and coming back, what has to come back: signed, in a cookie of these paths."""
        from starlette.middleware.sessions import SessionMiddleware

        app.add_middleware(
            SessionMiddleware,
            secret_key=secrets.token_urlsafe(32),
            session_cookie="__Secure-fogline-sign-in",
            path="/v1/sign-in",
            max_age=LONGEST,
            same_site="lax",
            https_only=True,
        )

    async def leave(self, request: Request) -> Response:
        """To the provider. Raises ``Unreached`` where it does not answer as itself."""
        from httpx2 import HTTPError

        try:
            await self._known()
            answer: Response = await self._client.authorize_redirect(request, self.home + DONE)
        except (HTTPError, ValueError, KeyError, RuntimeError) as error:
            raise self._unreached() from error
        return answer

    async def arrive(self, request: Request) -> Person | str:
        """Who came back, or in words why nobody is let in."""
        from authlib.common.errors import AuthlibBaseError
        from httpx2 import HTTPError
        from joserfc.errors import JoseError

        options = {
            "iss": {"essential": True, "value": self._provider.issuer},
            "aud": {"essential": True, "value": self._provider.client_id},
        }
        try:
            await self._known()
            told = await self._client.authorize_access_token(request, claims_options=options)
        except (AuthlibBaseError, JoseError, ValueError) as error:
            return f"Signing in did not succeed ({type(error).__name__}). Go back to the page and try again."
        except (HTTPError, KeyError, RuntimeError) as error:
            raise self._unreached() from error
        return self._person(told.get("userinfo") or {})

    async def _known(self) -> None:
        """Raise ``ValueError`` where the provider's description is another's (OpenID Connect Discovery, 4.3)."""
        described = await self._client.load_server_metadata()
        if described.get("issuer") != self._provider.issuer:
            raise ValueError("another issuer")

    def _person(self, claims: Mapping[str, Any]) -> Person | str:
        name = claims.get(self._provider.name_claim)
        if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_NAME:
            return f"The provider tells no {self._provider.name_claim}, by which judgements are signed here."
        if self._provider.name_claim == "email" and claims.get("email_verified") is False:
            return f"The provider has not verified the address {name}."
        role = role_of(claims, self._provider)
        if role is None:
            return f"{name} has no role here. Ask whoever serves this ledger for one."
        return Person(name.strip(), role)

    def _unreached(self) -> Unreached:
        return Unreached(
            f"The provider {self._provider.issuer} does not answer as it should.",
            "Try again, or ask who serves this ledger.",
        )


def role_of(claims: Mapping[str, Any], provider: Provider) -> Role | None:
    """The highest role that the claims give; a dotted name leads into a claim ("realm_access.roles").

    >>> some = Provider(issuer="", client_id="", public_url="", role_claim="realm.roles", roles={"desk": Role.REVIEWER})
    >>> role_of({"realm": {"roles": ["desk", "all"]}}, some).value
    'reviewer'
    """
    found: Any = claims
    for step in [provider.role_claim] if provider.role_claim in claims else provider.role_claim.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    values = [found] if isinstance(found, str) else found if isinstance(found, list) else []
    roles = [provider.roles[value] for value in values if isinstance(value, str) and value in provider.roles]
    return max(roles, key=list(Role).index, default=None)
