"""What everything stands on: columns, handles, streams of luck, the calendar, the ledger, the registries."""
