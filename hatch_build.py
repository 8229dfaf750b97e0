"""The long description of the package: the README as it reads where neither its pictures nor its other files are.

A package index shows the text alone. A picture or a link that leads into the repository leads nowhere there, so
pictures are left out, and of a link its words stay.
"""

import re
from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface

_PICTURE = re.compile(r"^!\[[^\]]*\]\((?!https?://)[^)]*\)\n+", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]*)\]\((?!https?://|#)[^)]*\)")


class LongDescription(MetadataHookInterface):
    """Gives the package its long description."""

    def update(self, metadata: dict[str, object]) -> None:
        """Add it to what pyproject.toml says."""
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        text = _LINK.sub(r"\1", _PICTURE.sub("", text))
        metadata["readme"] = {"content-type": "text/markdown", "text": text}
