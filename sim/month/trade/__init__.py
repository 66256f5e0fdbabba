"""Trade: who buys what of whom, what firms with room serve, and what makes buyers come and go."""
