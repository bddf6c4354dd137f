import type { EventEmitter } from 'node:events';
import { AudioSource, Room } from '@livekit/rtc-node';
import { expect, it, vi } from 'vitest';
import {
  beginLibrary,
  hearOwnEvents,
  libraryClient,
  sendAttributesInOrder,
} from '../../calls/livekit-library.ts';

/** Nobody listens there: the library fails, and says in its log how. */
const NOWHERE = 'ws://127.0.0.1:1';

async function eventsOfFailingJoin(): Promise<string[]> {
  const heard: string[] = [];
  const hear = ({ message }: { message: { case: string } }): void => void heard.push(message.case);
  const client = libraryClient() as EventEmitter;
  client.on('ffi_event', hear);
  await expect(new Room().connect(NOWHERE, 'token')).rejects.toThrow(/connect/i);
  // What the log has of it comes on the heels of the answer.
  await new AudioSource(8_000, 1).close();
  client.off('ffi_event', hear);
  return heard;
}

it('is not handed the log of the native half', async () => {
  await new AudioSource(8_000, 1).close();
  expect(await eventsOfFailingJoin()).toContain('logs');
  await beginLibrary();
  // Lines of before may still be on their way.
  await vi.waitFor(async () => expect(await eventsOfFailingJoin()).toEqual(['connect']), 30_000);
});

it('keeps from a room the events of others, and frames', () => {
  const heard: unknown[] = [];
  const room = { onFfiEvent: (event: unknown) => heard.push(event), ffiHandle: { handle: 7n } };
  hearOwnEvents(room as unknown as Room);
  const own = { message: { case: 'roomEvent', value: { roomHandle: 7n } } };
  const call = { message: { case: 'rpcMethodInvocation', value: {} } };
  const others = [
    { message: { case: 'roomEvent', value: { roomHandle: 8n } } },
    { message: { case: 'audioStreamEvent', value: { streamHandle: 7n } } },
    { message: { case: 'captureAudioFrame', value: {} } },
  ];
  const tell = room.onFfiEvent as (event: unknown) => void;
  for (const event of [own, ...others, call]) tell(event);
  expect(heard).toEqual([own, call]);
});

it('lets a room that is joining hear what may be its own', () => {
  const heard: unknown[] = [];
  const room = { onFfiEvent: (event: unknown) => heard.push(event) };
  hearOwnEvents(room as unknown as Room);
  const early = { message: { case: 'roomEvent', value: { roomHandle: 7n } } };
  room.onFfiEvent(early);
  expect(heard).toEqual([early]);
});

it('finds in a room of this version what it takes its events by', () => {
  expect(() => hearOwnEvents(new Room())).not.toThrow();
  expect(() => hearOwnEvents({} as Room)).toThrow(TypeError);
});

it('sends attributes one after the other, and on after one that failed', async () => {
  const shown: string[] = [];
  const slow = Promise.withResolvers<void>();
  const setAttributes = async ({ state }: Record<string, string>): Promise<void> => {
    if (state === 'thinking') await slow.promise;
    if (state === 'speaking') throw new Error('no answer');
    shown.push(String(state));
  };
  const localParticipant = { setAttributes };
  sendAttributesInOrder({ localParticipant } as unknown as Room);
  const sent = ['thinking', 'speaking', 'listening'].map((state) =>
    localParticipant.setAttributes({ state }),
  );
  slow.resolve();
  const outcomes = await Promise.allSettled(sent);
  expect(shown).toEqual(['thinking', 'listening']);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
