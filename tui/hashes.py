"""Two hash functions. As in Python's own `random`, they come from internal modules: hashlib loads OpenSSL, 4 MB."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

__all__ = ["blake2b", "sha256"]

if TYPE_CHECKING:
    from hashlib import blake2b, sha256
else:
    try:
        from _blake2 import blake2b

        if sys.version_info >= (3, 12):
            from _sha2 import sha256
        else:
            from _sha256 import sha256
    except ImportError:  # a Python that has them from OpenSSL alone
        from hashlib import blake2b, sha256
