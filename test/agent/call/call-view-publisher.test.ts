import type { Room } from '@livekit/rtc-node';
import pino from 'pino';
import { expect, it, vi } from 'vitest';
import { CallViewPublisher } from '../../../agent/call/call-view-publisher.ts';
import type { CallView } from '../../../calls/call-view.ts';

it('sends one snapshot after the other, and the last state last', async () => {
  const shown: string[] = [];
  const first = Promise.withResolvers<void>();
  const sendText = async (text: string): Promise<void> => {
    if (shown.length === 0) await first.promise;
    shown.push((JSON.parse(text) as CallView).state);
  };
  const room = { localParticipant: { sendText, registerRpcMethod: () => undefined } };
  let state: CallView['state'] = 'talking';
  const read = (): CallView => ({ state }) as CallView;
  const view = new CallViewPublisher(room as unknown as Room, read, pino({ level: 'silent' }));
  view.publish();
  await Promise.resolve();
  state = 'failed';
  view.publish();
  state = 'ending';
  view.publish();
  first.resolve();
  await vi.waitFor(() => expect(shown.at(-1)).toBe('ending'));
  expect(shown).toEqual(['talking', 'ending']);
});
