"""Which lines of ``sim`` run in the tests, and why the others do not: ``python -m tests.line_coverage``."""
