// A trail in words and numbers for the page: what each payment did, and where all of it ends.

import { ARMS } from './arms.js';
import { counted, pence } from './formats.js';

const SHOWN = 5;

/** The largest of a mapping of names to pence, and the rest added up. */
export function largest(found, most = SHOWN) {
  const all = Object.entries(found).sort((one, other) => other[1] - one[1]);
  const rest = all.slice(most).reduce((sum, [, amount]) => sum + amount, 0);
  return rest ? [...all.slice(0, most), ['others', rest]] : all;
}

function sum(found) {
  return Object.values(found).reduce((total, amount) => total + amount, 0);
}

/** Each payment of a trail: how much is still here, how much has left so far, and with whom. */
export function hopsOf(trail) {
  let left = 0;
  return trail.steps.map((step) => {
    left += sum(step.left);
    return { payment: step.payment, here: sum(step.held), left, held: largest(step.held), gone: largest(step.left) };
  });
}

/** Why what is followed differs from the answer above. */
export function caveatWords(pairs) {
  return `One month of one history (one run on each side), and the pounds of one anchor. The answer above is the mean of ${counted(pairs, 'pair')} of runs `
    + 'over the last twelve months, for all anchors together: so the shares here and there differ.';
}

/** How much is still here after the payments shown, on both sides. */
export function stillHere(trails, shown, money) {
  const words = ARMS.map(([arm, title]) => `${title.toLowerCase()}: ${money(hopsOf(trails[arm])[Math.min(shown, trails[arm].steps.length) - 1]?.here ?? 0)}`);
  return `After payment ${shown}, still here: ${words.join('; ')}.`;
}

/** The likeliest path as sentences, one a payment. */
export function pathWords(trail, symbol = '£') {
  return trail.likeliest_path.map((step) => {
    const amount = step.amount >= 0.1 ? pence(step.amount * 100, symbol) : `${(step.amount * 100).toPrecision(2)}p`;
    if (step.channel === 'kept here') return `${step.payer} kept ${amount} of it.`;
    return `${step.payer} paid ${amount} of it to ${step.payee} (${step.channel}).`;
  });
}

/** One sentence on the whole trail. */
export function trailWords(trail) {
  const hands = trail.hands.toLocaleString('en-GB', { maximumFractionDigits: 2 });
  const receipts = trail.receipts.toLocaleString('en-GB', { maximumFractionDigits: 2 });
  return `Each pound makes ${receipts} pounds of income here. A pound that is paid here at all passes through ${hands} local hands before it leaves.`;
}
