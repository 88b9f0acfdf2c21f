"""The values that pass from step to step; frozen structs, and nothing here reads or writes."""
