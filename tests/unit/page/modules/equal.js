// What the checks of the page's modules use: a check throws when it does not hold.

/** Throw unless two values are equal as JSON. */
export function equal(found, wanted) {
  const [one, other] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (one !== other) throw new Error(`found ${one}, wanted ${other}`);
}

/** Throw unless something throws with these words in its message. */
export function refuses(what, words) {
  let said = null;
  try { what(); } catch (error) { said = error.message; }
  if (said === null || !said.includes(words)) throw new Error(`wanted a refusal with “${words}”, found ${said}`);
}
