import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits until a TCP port of this machine takes connections.
 * @throws when the program that should listen ended, or after ten seconds
 */
export async function untilListening(port: number, exited: Promise<unknown>): Promise<void> {
  let isGone = false;
  const note = (): void => {
    isGone = true;
  };
  void exited.then(note, note);
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await pause(20)) {
    if (isGone) throw new Error(`What should listen on port ${port} has ended.`);
    if (await isListening(port)) return;
  }
  throw new Error(`Nothing listens on port ${port}.`);
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
