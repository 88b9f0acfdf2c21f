"""Profile: what this branch is and does, as its manager states it; decides whose lines rise and whose sink."""

from msgspec import Struct


class Profile(Struct, frozen=True, kw_only=True):
    """The branch's name, its lines of business switched on or off, and the posts it has.

    ``on`` and ``off`` name lines of business as in businesses.tsv (保险代销, 保管箱, 外汇, 对公, 理财…); one that stands in
    neither is as that table says (默认). ``roles`` empty means: every post is there.
    """

    branch: str = ""
    on: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()

    def does(self, business: str, usual: bool) -> bool:
        """Whether the branch is in this line of business; ``usual`` counts where the manager said nothing."""
        if business in self.on:
            return True
        return usual and business not in self.off
