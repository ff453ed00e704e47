"""A string that does not show itself."""

from typing import NoReturn, Self, final


@final
class Secret:
    """A string that is shown only where `reveal` is called.

    It has no text form, cannot be pickled, and copies are the same object.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The string itself; called only where it leaves the process."""
        return self._value

    def __repr__(self) -> str:
        """Show that there is a value, and not which."""
        return "Secret('***')"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other.reveal() == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce__(self) -> NoReturn:
        """Refuse to be written anywhere."""
        raise TypeError("a secret cannot be pickled; give the other process its own")
