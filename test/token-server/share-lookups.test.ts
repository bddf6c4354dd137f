import { expect, test } from 'vitest';
import { shareLookups } from '../../token-server/share-lookups.ts';

test('look-ups at the same time share one, later ones look again', async () => {
  const asked: string[] = [];
  const find = shareLookups(async (key) => {
    asked.push(key);
    return `${key} ${asked.length}`;
  });
  expect(await Promise.all([find('a'), find('a'), find('b')])).toEqual(['a 1', 'a 1', 'b 2']);
  expect(await find('a')).toBe('a 3');
  expect(asked).toEqual(['a', 'b', 'a']);
});

test('a look-up that failed fails for all who shared it, and is not kept', async () => {
  let up = false;
  const find = shareLookups(async (key) => {
    if (!up) throw new Error('down');
    return key;
  });
  const both = await Promise.allSettled([find('a'), find('a')]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  up = true;
  expect(await find('a')).toBe('a');
});
