import { expect, test } from 'vitest';
import { maskSecrets, maskText } from '../../../manage/calls/mask-secrets.ts';

test('masks numbers of payment cards however they are written', () => {
  for (const card of ['4111 1111 1111 1111', '4111-1111-1111-1111', '378282246310005']) {
    expect(maskText(`It is ${card}, thanks.`)).toBe('It is ••••, thanks.');
  }
  expect(maskSecrets({ deep: [{ card: 4_111_111_111_111_111 }] })).toEqual({
    deep: [{ card: '••••' }],
  });
});

test('masks fields that are named for a secret, and no others', () => {
  expect(
    maskSecrets({ password: 'x', api_key: null, member_pin: '1234', spinner: 'pin', slot_id: 'a' }),
  ).toEqual({ password: '••••', api_key: null, member_pin: '••••', spinner: 'pin', slot_id: 'a' });
});

test('leaves numbers alone that are no card', () => {
  for (const text of ['+1 202 555 0123', '2026-11-24 14:30', '1234 5678 9012 3456', '12 + 13']) {
    expect(maskText(text)).toBe(text);
  }
});
