import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { madeWave, tone } from '../support/made-wave.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slotline-scenarios-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function rehearse(
  ...given: string[]
): Promise<{ code: number | null; output: string; errors: string }> {
  const main = join(import.meta.dirname, '../../rehearsal/main.ts');
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [main, ...given], (_error, output, errors) => {
      resolve({ code: child.exitCode, output, errors });
    });
  });
}

describe('the rehearse command', () => {
  it('names what is wrong in every file before it starts anything', async () => {
    const one = join(folder, 'one.yaml');
    const two = join(folder, 'two.yaml');
    await writeFile(one, 'name: one\nturns: [{hear: greetings}]\nexpect: {}\n');
    await writeFile(two, 'name: two\nturns:\n  - hear: greeting\nexpect: {outcome: bookd}\n');
    const { code, output, errors } = await rehearse(one, two, join(folder, 'three.yaml'));
    expect(code).toBe(2);
    expect(output).toBe('');
    expect(errors).toContain(`${one}:2: turns[0].hear: write a regular expression`);
    expect(errors).toContain(`${two}:4: expect.outcome: write one of booked, rescheduled`);
    expect(errors).toContain('three.yaml: cannot be read (ENOENT); check the path');
  });

  it('refuses a line that it cannot call on', async () => {
    const { code, errors } = await rehearse('--line', 'fax', join(folder, 'one.yaml'));
    expect(code).not.toBe(0);
    expect(errors).toContain('Allowed choices are web, phone');
  });

  it('plays by text only what can be typed', async () => {
    const noisy = join(folder, 'noisy.yaml');
    const phone = join(folder, 'phone.yaml');
    await writeFile(noisy, 'name: noisy\nturns: [{noise: 2}, {hear: greeting}]\nexpect: {}\n');
    await writeFile(phone, 'name: phone\nline: phone\nturns: [{hear: greeting}]\nexpect: {}\n');
    const { code, output, errors } = await rehearse('--text', noisy, phone);
    expect(code).toBe(2);
    expect(output).toBe('');
    expect(errors).toContain(
      `${noisy}: cannot be played by text: turns[0].noise: play it without --text`,
    );
    expect(errors).toContain(`${phone}: cannot be played by text: line: phone`);
  });

  it('plays a recording by text only where it is told what is said in it', async () => {
    const mute = join(folder, 'mute.yaml');
    await writeFile(join(folder, 'yes.wav'), madeWave({ samples: tone(0.2) }));
    await writeFile(mute, 'name: mute\nturns: [{play: yes.wav}]\nexpect: {}\n');
    const { code, errors } = await rehearse('--text', mute);
    expect(code).toBe(2);
    expect(errors).toContain(
      `${mute}: cannot be played by text: turns[0].play: add words: what is said in yes.wav`,
    );
  });

  it('refuses a voice that nobody has, and a natural one for what it never said', async () => {
    const said = join(folder, 'said.yaml');
    await writeFile(said, 'name: said\nturns: [{say: never recorded}]\nexpect: {}\n');
    const unknown = await rehearse('--voice', 'hal', said);
    expect(unknown.errors).toContain('write one of rms, awb, slt, kal16, af_heart');
    const natural = await rehearse('--voice', 'rms', '--voice', 'bf_emma', said);
    expect(natural.code).toBe(2);
    expect(natural.errors).toContain(
      `${said}:2: turns[0].say: the voice bf_emma has not recorded "never recorded"`,
    );
  });
});
