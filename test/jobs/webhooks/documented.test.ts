import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { EVENT_KINDS } from '../../../db/webhooks/event-kinds.ts';
import type { EventKind } from '../../../db/webhooks/event-kinds.ts';
import { bodySchemaOf, DATA } from '../../../jobs/webhooks/payloads.ts';
import { DELIVERY_SCHEDULE } from '../../../jobs/webhooks/schedule.ts';

const DOCUMENT = new URL('../../../docs/webhooks.md', import.meta.url);

test('the document shows every event as it is sent', async () => {
  const text = await readFile(DOCUMENT, 'utf8');
  const shown = [...text.matchAll(/^### ([\w.]+)$[^#]*?^```json\n([\s\S]*?)^```$/gm)];
  expect(shown.map(([, type]) => type)).toEqual([...EVENT_KINDS]);
  for (const [, type, example = ''] of shown) {
    const kind = type as EventKind;
    const body: unknown = JSON.parse(example);
    // Nothing is missing, and nothing is more than is sent.
    expect(bodySchemaOf(kind, DATA[kind]).parse(body)).toEqual(body);
  }
});

test('the document tells when an event is sent again', async () => {
  const text = await readFile(DOCUMENT, 'utf8');
  const [, told = ''] = /sent again ([^(]+) after the attempt before/.exec(text) ?? [];
  const UNITS = { second: 1_000, minute: 60_000, hour: 3_600_000 };
  const pauses = [...told.matchAll(/(\d+) (second|minute|hour)s?/g)].map(
    ([, count, unit]) => Number(count) * UNITS[unit as keyof typeof UNITS],
  );
  expect(pauses).toEqual([...DELIVERY_SCHEDULE]);
});
