"""Labour: posts, hiring and leaving jobs, hours, pay and what is taken from it."""
