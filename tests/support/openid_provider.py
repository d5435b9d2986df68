"""A provider of accounts by OpenID Connect, for tests: whoever asks is signed in at once, as whom `account` says.

Owns the four addresses that a relying party asks (discovery, keys, authorization, token) with the claims that it gives.
Must not know who relies on it. Source: OpenID Connect Core 1.0 and Discovery 1.0, the authorization code flow alone.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

_KEY_ID = "1"


@dataclass(slots=True)
class Provider:
    """A provider at `issuer`; `account` are the claims of who signs in next: `sub`, `email`, `groups`."""

    issuer: str
    account: dict[str, object] = field(default_factory=dict)


@contextmanager
def providing(client_id: str) -> Iterator[Provider]:
    """A provider that one client relies on, for as long as the context lasts."""
    key = rsa.generate_private_key(65537, 2048)
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
    # What was granted, by the code that is handed out once: the claims and the nonce that was sent.
    granted: dict[str, dict[str, object]] = {}

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            place = urlsplit(self.path)
            if place.path == "/.well-known/openid-configuration":
                self._tell(
                    {
                        "issuer": provider.issuer,
                        "authorization_endpoint": f"{provider.issuer}/authorize",
                        "token_endpoint": f"{provider.issuer}/token",
                        "jwks_uri": f"{provider.issuer}/keys",
                        "response_types_supported": ["code"],
                        "subject_types_supported": ["public"],
                        "id_token_signing_alg_values_supported": ["RS256"],
                    }
                )
            elif place.path == "/keys":
                self._tell({"keys": [{**public, "kid": _KEY_ID, "use": "sig", "alg": "RS256"}]})
            elif place.path == "/authorize":
                asked = {name: values[0] for name, values in parse_qs(place.query).items()}
                code = secrets.token_urlsafe()
                nonce = {"nonce": asked["nonce"]} if "nonce" in asked else {}
                granted[code] = {**provider.account, **nonce}
                told = urlencode({"code": code, "state": asked["state"]})
                self.send_response(302)
                self.send_header("Location", f"{asked['redirect_uri']}?{told}")
                self.end_headers()
            else:
                self.send_error(404)

        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            now = int(time.time())
            claims = {
                **granted.pop(sent["code"][0]),
                "iss": provider.issuer,
                "aud": client_id,
                "iat": now,
                "exp": now + 600,
                "email_verified": True,
            }
            token = jwt.encode(claims, key, algorithm="RS256", headers={"kid": _KEY_ID})
            self._tell(
                {"access_token": "a", "token_type": "Bearer", "expires_in": 600, "id_token": token}
            )

        def _tell(self, told: object) -> None:
            body = json.dumps(told).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    provider = Provider(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
