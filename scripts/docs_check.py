"""Check that a built site fetches nothing: no script, style, font or image of another host."""

import re
import sys
from pathlib import Path

FETCHED = re.compile(
    r"""<(?:script|img|iframe|source)\b[^>]*\bsrc=["']?(?:https?:)?//[^"'\s>]+"""
    r"""|<link\b(?=[^>]*rel=["']?(?:stylesheet|preconnect|icon))[^>]*\bhref=["']?(?:https?:)?//[^"'\s>]+"""
)
STYLED = re.compile(r"""@import\s*["'](?:https?:)?//|url\(["']?(?:https?:)?//""")


def problems(site: Path) -> list[str]:
    """What pages and style sheets of `site` would fetch from elsewhere."""
    found: list[str] = []
    for suffix, pattern in (("html", FETCHED), ("css", STYLED), ("svg", STYLED)):
        for path in sorted(site.rglob(f"*.{suffix}")):
            text = path.read_text(encoding="utf-8")
            found += [f"{path.relative_to(site)}: {m[0][:120]}" for m in pattern.finditer(text)]
    return found


def main() -> int:
    """Print what is wrong; 1 if anything is."""
    site = Path(sys.argv[1])
    if not (site / "index.html").is_file():
        print(f"{site} has no index.html; build it: make docs")
        return 1
    found = problems(site)
    print("\n".join(found))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
