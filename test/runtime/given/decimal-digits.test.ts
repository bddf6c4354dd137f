import { expect, it } from 'vitest';
import { withPlainDigits } from '../../../runtime/given/decimal-digits.ts';

it.each([
  ['0123456789', '0123456789'],
  ['٠١٢٣٤٥٦٧٨٩', '0123456789'],
  ['۰۱۲۳۴۵۶۷۸۹', '0123456789'],
  ['०१२३४५६७८९', '0123456789'],
  ['０１２３４５６７８９', '0123456789'],
  ['𝟎𝟗𝟘𝟡𝟶𝟿', '090909'],
  ['a ² ½ Ⅷ', 'a ² ½ Ⅷ'],
])('%s has the digits %s', (written, plain) => {
  expect(withPlainDigits(written)).toBe(plain);
});
