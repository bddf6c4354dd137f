import type { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { AudioSource } from '@livekit/rtc-node';
import type { Room } from '@livekit/rtc-node';

/** What LiveKit's native half tells of, as far as it matters who hears it. */
interface LibraryEvent {
  message: { case?: string; value?: { roomHandle?: bigint } };
}

/** What `@livekit/rtc-node` itself is built on: the same copy, whichever version that is. */
interface Bindings {
  FfiEvent: { fromBinary: (bytes: Uint8Array) => LibraryEvent };
  livekitInitialize: (
    receive: (bytes: Uint8Array) => void,
    sendsLog: boolean,
    sdkVersion: string,
  ) => void;
}

const EVENT = 'ffi_event';

/**
 * Begins LiveKit's library, without its log. It hands each line of its native half over, at every level,
 * some four thousand for each call that begins, to be decoded and thrown away (rtc-node 0.13.35): that
 * cost more than all the rest. They go where RUST_LOG says instead, by default nowhere.
 *
 * The library calls back in the context in which this is called: it is to be one of no call.
 * @throws {TypeError} the library keeps its client elsewhere
 */
export async function beginLibrary(): Promise<void> {
  process.env['RUST_LOG'] ??= 'off';
  // What is first used makes the client.
  await new AudioSource(8_000, 1).close();
  const client = libraryClient();
  if (!client) throw new TypeError('See where this version of LiveKit keeps its client.');
  const require = createRequire(import.meta.resolve('@livekit/rtc-node'));
  const { FfiEvent, livekitInitialize } = require('@livekit/rtc-ffi-bindings') as Bindings;
  const receive = (bytes: Uint8Array): void => {
    client.emit(EVENT, FfiEvent.fromBinary(bytes));
  };
  const { version } = require('../package.json') as { version: string };
  livekitInitialize(receive, false, version);
}

/** The client that all rooms of a process share; undefined before the library was first used. */
export function libraryClient(): EventEmitter | undefined {
  return Reflect.get(globalThis, '_ffiClientInstance') as EventEmitter | undefined;
}

/**
 * Keeps from a room what is not its own: a process has one client for all of its rooms, and each of them
 * would queue every event of all, each frame of every caller too (rtc-node 0.13.35). To be called before
 * the room is joined.
 * @throws {TypeError} the library takes its events elsewhere
 */
export function hearOwnEvents(room: Room): void {
  const hear = Reflect.get(room, 'onFfiEvent') as ((event: LibraryEvent) => void) | undefined;
  if (!hear) throw new TypeError('See where this version of LiveKit has its rooms take events.');
  const hearOwn = (event: LibraryEvent): void => {
    const { case: kind, value } = event.message;
    if (kind === 'roomEvent') {
      const own = (Reflect.get(room, 'ffiHandle') as { handle: bigint } | undefined)?.handle;
      // Before it knows its own handle, it may be its.
      if (own === undefined || value?.roomHandle === own) hear(event);
    } else if (kind === 'rpcMethodInvocation') hear(event);
  };
  Reflect.set(room, 'onFfiEvent', hearOwn);
}

/**
 * Sends the attributes of a room's own participant one after the other. The native half serves requests
 * side by side, and of two in quick succession the older arrived last about once in fifteen typed calls:
 * the agent listened, and its caller was shown one that thinks (rtc-node 0.13.35). To be called once the
 * room is joined.
 */
export function sendAttributesInOrder({ localParticipant }: Pick<Room, 'localParticipant'>): void {
  if (!localParticipant) return;
  const send = localParticipant.setAttributes.bind(localParticipant);
  let before: Promise<unknown> = Promise.resolve();
  localParticipant.setAttributes = (attributes) => {
    const sent = before.then(() => send(attributes));
    before = sent.catch(() => undefined);
    return sent;
  };
}
