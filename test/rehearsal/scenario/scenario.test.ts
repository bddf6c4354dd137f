import { describe, expect, it } from 'vitest';

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
});
