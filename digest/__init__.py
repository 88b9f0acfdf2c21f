"""Turn a long Chinese circular into one printed A4 sheet for the morning meeting (网点晨会学习单)."""

__version__ = "0.1.0"
