// Both sides: the name the server gives each, and its title.

export const ARMS = [['reference', 'Business as usual'], ['policy', 'With what you chose']];
