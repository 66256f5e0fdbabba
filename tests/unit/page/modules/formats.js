import { listed, marks, measured, money, monthAfter, monthWords, number, optionWords, pence, percent, unitWords } from '/static/formats.js';
import { equal } from './equal.js';

export const checks = {
  'numbers have commas and no negative nought'() {
    equal([number(1234567), number(-0), number(0.126, 2), percent(0.125)], ['1,234,567', '0', '0.13', '12.5%']);
  },
  'money is read in pounds, millions and billions'() {
    equal([money(12.5), money(99999), money(-1250000), money(3e9, '€')], ['£12.50', '£99,999', '-£1.25\u00a0million', '€3\u00a0billion']);
  },
  'pence are exact'() {
    equal([pence(1), pence(123456789), pence(-250, '€')], ['£0.01', '£1,234,567.89', '-€2.50']);
  },
  'months go over the end of a year'() {
    equal([monthAfter('2013-04', 0), monthAfter('2013-12', 1), monthAfter('2013-04', 59)], ['2013-04', '2014-01', '2018-03']);
    equal([monthWords('2013-04'), monthWords('2014-12', 'short')], ['April 2013', 'Dec 2014']);
  },
  'an option is read with its unit'() {
    equal(optionWords({ kind: 'share', unit: 'share of contract value' }, 0.4), '40% of contract value');
    equal(optionWords({ kind: 'money', unit: 'pounds a year' }, 100000), '£100,000 a year');
    equal(optionWords({ kind: 'money', unit: 'pounds' }, 1250000, '€'), '€1.25\u00a0million');
    equal([optionWords({ kind: 'months' }, 1), optionWords({ kind: 'number', unit: 'jobs' }, 1), optionWords({ kind: 'number', unit: 'jobs' }, 4)], ['1 month', '1 job', '4 jobs']);
  },
  'a measure is read as its kind'() {
    equal([measured('share', 0.1234), measured('count', 1967.4), measured('ratio', 1.2494), measured('money', null)], ['12.3%', '1,967', '1.249', 'none']);
    equal([unitWords('share', 'share of spend'), unitWords('money', 'pounds a month', '€'), unitWords('count', 'jobs')], ['% of spend', '€ a month', 'jobs']);
  },
  'an axis has round marks that hold its values'() {
    equal(marks(0, 1), [0, 0.25, 0.5, 0.75, 1]);
    for (const [low, high] of [[0, 0.0037], [1921, 1999], [-3.2, 4.4], [5, 5], [0, 0]]) {
      const found = marks(low, high);
      equal([found[0] <= low, found.at(-1) >= high, found.length >= 3, found.length <= 8], [true, true, true, true]);
    }
  },
  'a list is read as English'() {
    equal([listed([]), listed(['a']), listed(['a', 'b', 'c'])], ['', 'a', 'a, b and c']);
  },
};
