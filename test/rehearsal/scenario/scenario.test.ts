import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { madeWave, tone } from '../../support/made-wave.ts';
import { parseScenario, ScenarioError } from '../../../rehearsal/scenario/scenario.ts';

const whole = `name: books the second time
agent: {name: Front desk, business: Harbor Street Clinic}
clock: 2026-11-23T09:00:00-05:00
calendar: {provider: fake, seed: 7, timeZone: America/New_York, busy: [2026-11-24T10:00/2026-11-24T12:00]}
caller: {voice: rms, timeZone: America/New_York, number: "+15550100001"}
faults: [{at: calendar.book, kind: taken, times: 1}]
turns:
  - hear: greeting
  - say: I would like to book an appointment
  - hear: /which day|what day/
    within: 30
  - interrupt: wait, not that one
  - type: {name: Mary Smith, email: mary.smith@example.com}
  - type: thank you
  - wait: 2
  - noise: 1.5
  - hangUp: true
expect:
  outcome: booked
  bookings: [{start: offered 2, attendee: {name: Mary Smith}}, {start: 2026-11-24}, {start: 2026-11-24T14:30:00-05:00}]
  heard: [/tuesday.*november twenty.?fourth/i]
  neverHeard: [/wednesday/i]
`;

function problems(text: string): readonly string[] {
  try {
    parseScenario(text, 'bad.yaml');
  } catch (error) {
    if (error instanceof ScenarioError) {
      return error.problems;
    }
    throw error;
  }
  return [];
}

describe('a scenario file', () => {
  it('is read with every kind of turn', () => {
    const scenario = parseScenario(whole, 'whole.yaml');
    expect(scenario.turns.map((turn) => turn.kind)).toEqual([
      'hear',
      'say',
      'hear',
      'interrupt',
      'type',
      'type',
      'wait',
      'noise',
      'hangUp',
    ]);
    expect(scenario.turns[2]).toEqual({
      kind: 'hear',
      expected: { kind: 'pattern', pattern: /which day|what day/ },
      withinSeconds: 30,
      optional: false,
    });
    expect(scenario.turns[4]).toEqual({
      kind: 'type',
      text: 'My name is Mary Smith and my e-mail is mary.smith@example.com',
    });
    expect(scenario.expect.bookings?.map((booking) => booking.start.kind)).toEqual([
      'offered',
      'date',
      'instant',
    ]);
  });

  it.each([
    [
      'an unknown key',
      whole.replace('clock:', 'clok:'),
      /^bad\.yaml:3: clok: is not known here; known keys are name/,
    ],
    [
      'an unknown key deep inside',
      whole.replace('seed: 7', 'seeds: 7'),
      /^bad\.yaml:4: calendar\.seeds: is not known/,
    ],
    [
      'a turn of no kind',
      whole.replace('- say: I', '- speak: I'),
      /^bad\.yaml:9: turns\[1\]\.speak: is not known here/,
    ],
    [
      'a turn of two kinds',
      whole.replace('within: 30', 'say: hello'),
      /^bad\.yaml:10: turns\[2\]: write exactly one of/,
    ],
    [
      'a broken pattern',
      whole.replace('/which day|what day/', '/which (day/'),
      /^bad\.yaml:10: turns\[2\]\.hear: mend the/,
    ],
    [
      'an unknown state',
      whole.replace('hear: greeting', 'hear: hello'),
      /^bad\.yaml:8: turns\[0\]\.hear: .*greeting, listening/,
    ],
    [
      'words that nobody plays',
      whole.replace('within: 30', 'words: which day'),
      /^bad\.yaml:10: turns\[2\]: words belongs to play only; remove it/,
    ],
    [
      'a recording that is not there',
      whole.replace('wait: 2', 'play: sounds/none.wav'),
      /^bad\.yaml:15: turns\[6\]\.play: sounds\/none\.wav cannot be read \(ENOENT\) at .*: check the path/,
    ],
    [
      'a recording that is no text',
      whole.replace('wait: 2', 'play: 2'),
      /^bad\.yaml:15: turns\[6\]\.play: write some text/,
    ],
    [
      'a voice that nobody has',
      whole.replace('voice: rms', 'voice: hal'),
      /^bad\.yaml:5: caller\.voice: write one of rms, awb, slt, kal16, af_heart/,
    ],
    [
      'a sentence that a natural voice has not recorded',
      whole.replace('voice: rms', 'voice: af_heart'),
      /^bad\.yaml:9: turns\[1\]\.say: the voice af_heart has not recorded "I would like .*"; write a sentence of rehearsal\/scenarios\/recordings\/af_heart, or/,
    ],
    [
      'keys on the web',
      whole.replace('wait: 2', 'press: "1"'),
      /^bad\.yaml:15: turns\[6\]\.press: a web call has no keys/,
    ],
    [
      'typing by phone',
      `line: phone\n${whole}`,
      /^bad\.yaml:14: turns\[4\]\.type: a phone call has no page to type on/,
    ],
    [
      'a number without its country',
      whole.replace('"+15550100001"', '5550100001x'),
      /^bad\.yaml:5: caller\.number: write a number with its country code/,
    ],
    [
      'a clock without offset',
      whole.replace('-05:00\ncal', '\ncal'),
      /^bad\.yaml:3: clock: write an instant with its offset/,
    ],
    [
      'a missing name',
      whole.replace('name: books the second time\n', ''),
      /^bad\.yaml:\d+: name: /,
    ],
    ['broken YAML', whole.replace('turns:', 'turns: ['), /^bad\.yaml:\d+: YAML: /],
    [
      'an odd start',
      whole.replace('offered 2', 'soon'),
      /^bad\.yaml:20: expect\.bookings\[0\]\.start: write an instant/,
    ],
    [
      'a fault at the wrong place',
      whole.replace('at: calendar.book', 'at: calendar.cancel'),
      /^bad\.yaml:6: faults\[0\]\.kind: taken belongs to calendar\.book, calendar\.reschedule only/,
    ],
    [
      'a standing booking without offset',
      whole.replace('seed: 7', 'bookings: [{start: 2026-11-24T10:00, name: A, email: b@c.de}]'),
      /^bad\.yaml:4: calendar\.bookings\[0\]\.start: write an instant with its offset/,
    ],
    [
      'an unknown zone',
      whole.replace('timeZone: America/New_York, number', 'timeZone: New York, number'),
      /^bad\.yaml:5: caller\.timeZone: write an IANA/,
    ],
  ])('with %s is refused with line, key and advice', (_what, text, message) => {
    expect(problems(text).join('\n')).toMatch(message);
  });

  it('names every problem, in the order of the lines', () => {
    const found = problems(
      whole.replace('seed: 7', 'seeds: 7').replace('hear: greeting', 'hear: hello'),
    );
    expect(found.map((problem) => problem.split(':')[1])).toEqual(['4', '8']);
  });

  it('is played on the line the command names', () => {
    expect(parseScenario(`line: phone\n${whole}`, 'phone.yaml', { line: 'web' }).line).toBe('web');
  });

  it('is spoken by the voice the command names, whatever else it says of the caller', () => {
    const { caller } = parseScenario(whole, 'whole.yaml', { voice: 'awb' });
    expect(caller).toMatchObject({ voice: 'awb', number: '+15550100001' });
    const nobody = 'name: a\nturns: [{hear: greeting}]\nexpect: {}\n';
    expect(parseScenario(nobody, 'a.yaml', { voice: 'slt' }).caller.voice).toBe('slt');
    expect(() => parseScenario(`${nobody}caller: rms\n`, 'a.yaml', { voice: 'slt' })).toThrow(
      'a.yaml:4: caller: write a map with voice',
    );
  });

  it('may let a natural voice say what it has recorded, whatever the capitals and commas', () => {
    const said = 'name: a\ncaller: {voice: bf_emma}\nturns: [{say: yes please}]\nexpect: {}\n';
    expect(parseScenario(said, 'a.yaml').turns).toEqual([{ kind: 'say', text: 'yes please' }]);
  });
});

describe('a recording in a scenario', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slotline-scenarios-'));
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const scenario = (turn: string): string => `name: a\nturns: [${turn}]\nexpect: {}\n`;

  it("is found from the scenario's folder, with what is said in it", async () => {
    await writeFile(join(folder, 'yes.wav'), madeWave({ samples: tone(0.2) }));
    const file = join(folder, 'a.yaml');
    const [turn] = parseScenario(scenario('{play: yes.wav, words: yes please}'), file).turns;
    expect(turn).toMatchObject({ kind: 'play', text: 'yes please', sound: { file: 'yes.wav' } });
    expect(parseScenario(scenario('{play: yes.wav}'), file).turns[0]).toMatchObject({
      text: undefined,
    });
  });

  it('that cannot be played is named with its line and the command that mends it', async () => {
    await writeFile(join(folder, 'no.wav'), madeWave({ samples: tone(0.2), channels: 2 }));
    const file = join(folder, 'a.yaml');
    expect(() => parseScenario(scenario('{play: no.wav}'), file)).toThrow(
      `${file}:2: turns[0].play: no.wav is 16-bit PCM, 2 channels, 16000 Hz; 16-bit PCM, 1 channel, 16000 Hz is needed: convert it with ffmpeg -i no.wav -ac 1`,
    );
  });
});
