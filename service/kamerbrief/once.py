"""What is heavy is made when it is first wanted, and once, whichever threads come first."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Once(Generic[Made]):
    """Call it for what `make` gives: it is made at the first call, and the others wait for it. Where making it fails,
    the next call tries again."""

    def __init__(self, make: Callable[[], Made]) -> None:
        self._make = make
        self._made: list[Made] = []  # one, once it is there
        self._lock = threading.Lock()

    def __call__(self) -> Made:
        with self._lock:
            if not self._made:
                self._made.append(self._make())
            return self._made[0]

    def anew(self) -> "Once[Made]":
        """One that has not made it yet."""
        return Once(self._make)

    @property
    def there(self) -> bool:
        """Whether it was made."""
        return bool(self._made)
