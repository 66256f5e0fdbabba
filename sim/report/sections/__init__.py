"""Sections of the report, one file each; each gives markup and the tables that go into the workbook."""
