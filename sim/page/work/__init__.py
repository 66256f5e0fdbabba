"""Work that takes longer than an answer: who waits, the processes that do it, and what they are told to do."""
