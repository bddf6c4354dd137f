import { expect, test } from 'vitest';
import { writeCell } from '../../manage/analytics/export-figures.ts';

test.each([
  ['=HYPERLINK("https://elsewhere.example")', `"'=HYPERLINK(""https://elsewhere.example"")"`],
  ['+1', "'+1"],
  ['-2', "'-2"],
  ['@sum', "'@sum"],
  ['\tx', "'\tx"],
  ['a,b', '"a,b"'],
  ['plain', 'plain'],
])('writes %j so that no spreadsheet runs it', (value, cell) => {
  expect(writeCell(value)).toBe(cell);
});

test('leaves a number a number', () => {
  expect(writeCell(-12)).toBe('-12');
});
