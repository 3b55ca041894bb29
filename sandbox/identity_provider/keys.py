"""The provider's RSA key: made at the first start and kept, so that tokens outlive a restart."""

import json
import os
from pathlib import Path
from typing import Any

from joserfc.jwk import KeySet, RSAKey


def signing_keys(data_dir: Path) -> KeySet:
    """The key set in signing-keys.json, readable by its owner only; the first key signs."""
    path = data_dir / "signing-keys.json"
    if not path.exists():
        key = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)
        text = json.dumps(KeySet([key]).as_dict(private=True))
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
    return KeySet.import_key_set(json.loads(path.read_text()))


def public_jwks(keys: KeySet) -> dict[str, Any]:
    """What the JWKS endpoint answers."""
    return dict(keys.as_dict(private=False))
