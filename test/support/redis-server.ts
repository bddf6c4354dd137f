import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { inject, vi } from 'vitest';
import { pickFreePorts } from '../../start/ports.ts';
import { findRedisServer } from './requirements.ts';

/** A real Redis on a free loopback port, that keeps nothing. */
export async function startRedis() {
  const binary = findRedisServer();
  if (!binary) throw new Error('There is no Redis: skip the test.');
  const [port = 0] = await pickFreePorts(1);
  const child = spawn(
    binary,
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    { stdio: 'ignore' },
  );
  const exited = once(child, 'exit');
  await vi.waitUntil(() => answers(port), { timeout: 10_000 });
  return {
    port,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Whether tests of LiveKit's phone line can run on this machine. */
export function canServePhone(): boolean {
  return findRedisServer() !== null && inject('livekitServer') !== null;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
