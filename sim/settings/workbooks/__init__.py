"""Workbooks (XLSX, ODS, XLS): how much room they need, told before they are opened, and their sheets as rows of text."""
