"""The limiter: ten thousand tries come to nothing, and it does not grow with them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.preview.limiter import MOST_KEYS, Limiter


class Clock:
    """A clock moved by hand."""

    now = 0.0

    def __call__(self):
        """The moment it stands at."""
        return self.now


def test_ten_thousand_logins_for_one_name():
    """Eight are let through in a quarter of an hour, whatever address they come from."""
    clock = Clock()
    limiter = Limiter(8, 900.0, total=300, clock=clock)
    allowed = 0
    for number in range(10_000):
        clock.now += 0.05
        allowed += limiter.allow("name:王主管", f"from:10.0.{number % 256}.{number // 256}")

    assert allowed == 8


def test_ten_thousand_logins_for_as_many_names():
    """One address gets its eight tries, all addresses together three hundred."""
    clock = Clock()
    one = Limiter(8, 900.0, total=300, clock=clock)
    many = Limiter(8, 900.0, total=300, clock=clock)

    assert sum(one.allow(f"name:{number}", "from:10.0.0.1") for number in range(10_000)) == 8
    assert sum(many.allow(f"name:{number}", f"from:{number}") for number in range(10_000)) == 300
    assert len(many._tries) <= MOST_KEYS


def test_time_forgives_and_so_does_success():
    """After the window, or once in, one may try again."""
    clock = Clock()
    limiter = Limiter(2, 60.0, total=100, clock=clock)
    assert [limiter.allow("a") for _ in range(3)] == [True, True, False]
    limiter.forgive("a")
    assert limiter.allow("a")
    clock.now = 61.0
    assert limiter.allow("a")


@settings(derandomize=True, deadline=None)
@given(st.lists(st.floats(0, 30), min_size=1, max_size=60))
def test_never_more_than_the_limit_in_any_window(waits):
    """Whatever the rhythm."""
    clock = Clock()
    limiter = Limiter(3, 60.0, total=100, clock=clock)
    times = []
    for wait in waits:
        clock.now += wait
        if limiter.allow("a"):
            times.append(clock.now)

    assert all(later - first >= 60.0 for first, later in zip(times, times[3:], strict=False))
