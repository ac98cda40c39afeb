"""An OpenID provider for tests: discovery, authorization code with PKCE, signed ID tokens; and, told so, a bad one."""

import base64
import hashlib
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

ISSUER = "https://login.example"
CLIENT, SECRET = "fogline", "a-secret-of-the-client"


@dataclass
class Login:
    """A provider at which one person is signed in; each of the others makes it lie in one way."""

    issuer: str = ISSUER
    claims: dict[str, Any] = field(default_factory=dict)
    lies: dict[str, Any] = field(default_factory=dict)
    described_as: str = ""
    signed_by: str = "own"
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}))
    asked: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.get("/.well-known/openid-configuration")
        def described() -> dict[str, Any]:
            return {
                "issuer": self.described_as or self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
            }

        @app.get("/keys")
        def keys() -> dict[str, Any]:
            return {"keys": [self.key.as_dict(private=False)]}

        @app.get("/authorize")
        def authorize(request: Request) -> RedirectResponse:
            asked = dict(request.query_params)
            assert (asked["response_type"], asked["client_id"]) == ("code", CLIENT)
            assert asked["code_challenge_method"] == "S256"
            code = secrets.token_urlsafe(8)
            self.asked[code] = asked
            return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

        @app.post("/token")
        async def token(request: Request) -> JSONResponse:
            form = {name: str(value) for name, value in (await request.form()).items()}
            asked = self.asked.pop(form["code"], None)
            basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
            shown = (
                base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
            )
            if (
                asked is None
                or request.headers.get("authorization") != f"Basic {basic}"
                or shown != asked["code_challenge"]
                or form["redirect_uri"] != asked["redirect_uri"]
            ):
                return JSONResponse({"error": "invalid_grant"}, status_code=400)
            return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": self._signed(asked["nonce"])})

        return app

    def _signed(self, nonce: str) -> str:
        now = int(time.time())
        told = {
            "iss": self.issuer, "sub": "1", "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": nonce, **self.claims, **self.lies,
        }  # fmt: skip
        told = {name: value for name, value in told.items() if value is not None}
        if self.signed_by == "nobody":
            parts = ({"alg": "none"}, told)
            return ".".join(base64.urlsafe_b64encode(_json(part)).decode().rstrip("=") for part in parts) + "."
        if self.signed_by == "public key as secret":
            secret = OctKey.import_key(self.key.as_pem(private=False))
            return jwt.encode({"alg": "HS256", "kid": "one"}, told, secret)
        key = self.key if self.signed_by == "own" else RSAKey.generate_key(2048, {"kid": "one"})
        return jwt.encode({"alg": "RS256", "kid": "one"}, told, key)


def _json(value: Any) -> bytes:
    import json

    return json.dumps(value).encode()
