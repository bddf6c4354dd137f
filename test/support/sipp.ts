import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pickFreePorts } from '../../start/ports.ts';

const SCENARIOS = join(import.meta.dirname, '../fixtures/sipp');

export interface SippOptions {
  /** The program. */
  sipp: string;
  /** A file of test/fixtures/sipp without its ending. */
  scenario: string;
  /** Where LiveKit SIP listens, on loopback. */
  sipPort: number;
  dialled: string;
  /** The header's value; a number, or one who withholds it. */
  from: string;
  /** Where sound is awaited; default: a port where nobody listens. */
  rtpPort?: number;
  /** Milliseconds of each pause in the scenario. */
  pause?: number;
  password?: { username: string; password: string };
  /** µ-law, 8 kHz, that the scenario finds as caller.ul. */
  sound?: Uint8Array;
  /** How many calls, and how many at once. */
  calls?: { total: number; atOnce: number };
}

export interface SipMessage {
  /** As sipp sees it. */
  direction: 'sent' | 'received';
  /** Milliseconds of the epoch. */
  at: number;
  /** "INVITE sip:…" or "SIP/2.0 200 OK". */
  startLine: string;
  text: string;
}

export interface SippCall {
  /** Waits for a message from the other side, past or to come. @throws when the scenario ends without it */
  received(fits: (message: SipMessage) => boolean): Promise<SipMessage>;
  /** Resolves with all messages when the scenario was played to its end. @throws when it was not */
  ended: Promise<SipMessage[]>;
}

/** Plays a scenario of a foreign SIP program against LiveKit SIP. */
export async function playSipp(options: SippOptions): Promise<SippCall> {
  const folder = await mkdtemp(join(tmpdir(), 'slotline-sipp-'));
  if (options.sound) await writeFile(join(folder, 'caller.ul'), options.sound);
  const [localPort, mediaPort] = await pickFreePorts(2);
  const { total, atOnce } = options.calls ?? { total: 1, atOnce: 1 };
  const log = join(folder, 'messages.log');
  const given = {
    '-sf': join(SCENARIOS, `${options.scenario}.xml`),
    '-s': options.dialled,
    '-i': '127.0.0.1',
    '-p': localPort,
    '-mi': '127.0.0.1',
    '-mp': mediaPort,
    '-m': total,
    '-l': atOnce,
    '-r': atOnce,
    '-d': options.pause ?? 0,
    // Where the machine is busy a call may take ten seconds to be answered.
    '-timeout': `${90 + total * 10}s`,
    '-message_file': log,
    '-error_file': join(folder, 'errors.log'),
    ...(options.password
      ? { '-au': options.password.username, '-ap': options.password.password }
      : {}),
  };
  const flags = Object.entries(given).flatMap(([flag, value]) => [flag, String(value)]);
  const keys = ['-key', 'from', options.from, '-key', 'rtp_port', String(options.rtpPort ?? 9)];
  const child = spawn(
    options.sipp,
    [
      `127.0.0.1:${options.sipPort}`,
      ...flags,
      ...keys,
      '-trace_msg',
      '-trace_err',
      '-timeout_error',
      '-nostdin',
    ],
    { cwd: folder, stdio: 'ignore', env: { ...process.env, TERM: 'dumb' } },
  );
  const messages = async (): Promise<SipMessage[]> =>
    parseMessages(await readFile(log, 'utf8').catch(() => ''));
  let isOver = false;
  const finish = async (): Promise<SipMessage[]> => {
    const [code] = (await once(child, 'exit')) as [number | null];
    isOver = true;
    const seen = await messages();
    const errors = await readFile(join(folder, 'errors.log'), 'utf8').catch(() => '');
    await rm(folder, { recursive: true, force: true });
    if (code === 0) return seen;
    const story = seen.map(({ direction, startLine }) => `${direction} ${startLine}`).join('\n');
    throw new Error(`sipp ended with ${code}.\n${errors}\n${story}`);
  };
  const ended = finish();
  // Whoever awaits it later still gets the error.
  ended.catch(() => {});
  const received = async (fits: (message: SipMessage) => boolean): Promise<SipMessage> => {
    for (;;) {
      const seen = isOver ? await ended : await messages();
      const found = seen.find((message) => message.direction === 'received' && fits(message));
      if (found) return found;
      if (isOver) throw new Error('The call ended before that message came.');
      await pause(20);
    }
  };
  return { received, ended };
}

/** Reads what -trace_msg writes: a line of dashes with the time, one of the direction, the message. */
function parseMessages(log: string): SipMessage[] {
  const parts = log.split(/^-{20,} (\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d\.\d+)[^\n]*\n/m).slice(1);
  const messages: SipMessage[] = [];
  for (let at = 0; at + 2 < parts.length; at += 3) {
    const text = (parts[at + 2] ?? '').replace(/^[^\n]*\n\n/, '');
    messages.push({
      direction: /^\w+ message sent/.test(parts[at + 2] ?? '') ? 'sent' : 'received',
      at: new Date(`${parts[at]}T${parts[at + 1]?.slice(0, 12)}`).getTime(),
      startLine: text.split(/\r?\n/, 1)[0] ?? '',
      text,
    });
  }
  return messages;
}
