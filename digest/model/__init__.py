"""The values that pass from step to step; standard library only, frozen, and nothing here reads or writes."""
