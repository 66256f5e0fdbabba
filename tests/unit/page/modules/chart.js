import { alike, axis, bandOf, frameOf, isCut, lineOf } from '/static/chart_frame.js';
import { placeAfter } from '/static/web_marks.js';
import { equal } from './equal.js';

const SERIES = { reference: [10, null, 30], policy: [10, 20, 40], low: [null, 21, 36], high: [null, 25, 44] };
const FRAME = frameOf('number', SERIES, '£', { width: 300, most: 126, rem: 16 });

export const checks = {
  'an axis begins at nought when that wastes little room, holds both lines, and of an interval what they leave room for'() {
    equal(axis(SERIES).slice(0, 2), [0, 60]);
    equal(axis({ reference: [100, 102], policy: [100, 104], low: [100, -90], high: [100, 300] }).slice(0, 2), [90, 110]);
    equal(axis({ reference: [95, 96], policy: [97, 98] })[0] >= 90, true);
    equal(axis({ reference: [null], policy: [null] }), [0, 1, []]);
  },
  'sides are alike when they are so in every month'() {
    equal([alike(SERIES), alike({ reference: [1, null], policy: [1, null] })], [false, true]);
  },
  'months go from the left to the right, values from the floor upwards'() {
    equal([FRAME.x(0), FRAME.x(2), FRAME.y(FRAME.low)], [FRAME.left, FRAME.right, FRAME.floor]);
    equal([FRAME.y(40) < FRAME.y(30), FRAME.y(FRAME.high)], [true, FRAME.top]);
  },
  'a line leaves out what is not known, and a band needs two months'() {
    equal([lineOf(SERIES.reference, FRAME).match(/[ML]/g), lineOf(SERIES.policy, FRAME).match(/[ML]/g)], [['M', 'M'], ['M', 'L', 'L']]);
    equal(bandOf({ low: [1, null], high: [2, null] }, FRAME), '');
    const wide = { ...SERIES, high: [null, 25, 4400] };
    equal([isCut(SERIES, FRAME), isCut(wide, FRAME), bandOf(wide, FRAME).includes('-')], [false, true, false]);
    equal(bandOf(SERIES, FRAME).match(/[A-Z]/g), ['M', 'L', 'L', 'L', 'Z']);
  },
  'arrows lead round the marks of a web, Home and End to its ends'() {
    equal(['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'Home', 'End', 'a'].map((key) => placeAfter(key, 0, 3)), [1, 2, 1, 2, 0, 2, null]);
    equal(placeAfter('ArrowRight', 2, 3), 0);
  },
};
