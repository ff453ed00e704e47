"""An embedded RedenLab ML backend: a real HTTP server on this machine, for demos and tests.

    import redenlab.sandbox

    with redenlab.sandbox.running() as sandbox, sandbox.client() as client:
        print(client.predict("call.wav").result)

The same socket serves further APIs: `sandbox.replicate_client()`, `sandbox.dalston_client()`,
`sandbox.modelred_client()` and `sandbox.artificer_client()`.

Results are measured with textbook methods where possible; other fields are fake values. **No result
of the sandbox has a clinical meaning.** Everything here is imported when it is first used.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from redenlab.sandbox.embedded import Sandbox, running, serve
    from redenlab.sandbox.options import ClientOptions, Options

__all__ = ["ClientOptions", "Options", "Sandbox", "running", "serve"]

_NEEDED = ("starlette", "uvicorn", "python_multipart", "pydantic", "numpy", "soundfile")


def __getattr__(name: str) -> Any:
    """Import a name on first use (PEP 562), if its dependencies are installed.

    Raises:
        MissingExtra: The ``sandbox`` extra is not installed.
    """
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    missing = [package for package in _NEEDED if find_spec(package) is None]
    if missing:
        from redenlab.core.errors import MissingExtra  # noqa: PLC0415 - errors alone need it

        raise MissingExtra(
            f"the sandbox needs {', '.join(missing)}", hint="run: pip install 'redenlab[sandbox]'"
        )
    module = "options" if name.endswith("Options") else "embedded"
    value = getattr(import_module(f"redenlab.sandbox.{module}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Every public name, imported or not."""
    return sorted({*globals(), *__all__})
