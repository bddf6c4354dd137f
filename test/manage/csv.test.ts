import { expect, test } from 'vitest';
import { formatCsv } from '../../manage/csv.ts';

test.each([
  ['=HYPERLINK("https://elsewhere.example")', `"'=HYPERLINK(""https://elsewhere.example"")"`],
  ['+1', "'+1"],
  ['-2', "'-2"],
  ['@sum', "'@sum"],
  ['\tx', "'\tx"],
  ['＝cmd', "'＝cmd"],
  ['＋1', "'＋1"],
  ['－2', "'－2"],
  ['＠sum', "'＠sum"],
  ['a,b', '"a,b"'],
  ['plain', 'plain'],
])('writes %j so that no spreadsheet runs it', (value, cell) => {
  expect(formatCsv(['said'], [{ said: value }])).toBe(`said\r\n${cell}`);
});

test('leaves a number a number', () => {
  expect(formatCsv(['said'], [{ said: -12 }])).toBe('said\r\n-12');
});
