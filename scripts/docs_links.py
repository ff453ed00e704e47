"""A hook of mkdocs: files of the repository that pages link to become part of the site.

Pages stand in ``docs/`` and link to the rest of the repository as ``../openapi/ml.yaml``, which
leads somewhere wherever the repository is shown. The site has a copy of such a file, and the text
alone where the link is to a folder. So no address of a repository has to be known.
"""

import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files, InclusionLevel

ROOT = Path(__file__).parents[1]
LINK = re.compile(r"\[([^\]]*)\]\(\.\./([^)#\s]+)(#[^)\s]*)?\)")
ALONE = ("CHANGELOG.md",)
"""Pages of the navigation that stand at the root of the repository."""


def linked(text: str) -> list[str]:
    """The files outside of ``docs/`` that a page links to."""
    return [path for _, path, _ in LINK.findall(text) if (ROOT / path).is_file()]


def rewritten(text: str) -> str:
    """A page whose links lead to the copies, and whose links to folders are text."""

    def replace(match: re.Match[str]) -> str:
        words, path, anchor = match.groups()
        return f"[{words}]({path}{anchor or ''})" if (ROOT / path).is_file() else words

    return LINK.sub(replace, text)


def on_files(files: Files, *, config: Any) -> Files:
    """Add what the pages link to."""
    pages = [Path(str(file.abs_src_path)) for file in files.documentation_pages()]
    found = {
        path for page in pages if page.parent == ROOT / "docs" for path in linked(page.read_text())
    }
    for path in sorted(found | set(ALONE)):
        listed = InclusionLevel.INCLUDED if path in ALONE else InclusionLevel.NOT_IN_NAV
        files.append(File.generated(config, path, abs_src_path=str(ROOT / path), inclusion=listed))
    return files


def on_page_markdown(markdown: str, *, page: Any, **_: Any) -> str:
    """Let the links of a page lead to the copies."""
    return rewritten(markdown) if "/" not in page.file.src_uri else markdown
