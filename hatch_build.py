"""Puts the project's address, a constant of the package, into the metadata."""

import re
from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface


class CustomMetadataHook(MetadataHookInterface):
    def update(self, metadata):
        source = Path(self.root, "engage", "__init__.py").read_text(encoding="utf-8")
        metadata["urls"] = {"Homepage": re.search(r'^HOME_URL = "(.+)"$', source, re.M)[1]}
