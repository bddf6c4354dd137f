import { DateTime } from 'luxon';

import type { Booked, Evidence } from './evidence.ts';
import type { Check, Facts } from './facts.ts';
import { checkCalendar, checkTruths } from './grade-truth.ts';
import type { Step } from '../play.ts';
import type { Scenario } from '../scenario/scenario-schema.ts';

type ExpectedBooking = NonNullable<Scenario['expect']['bookings']>[number];

/**
 * The nth time of the last offer that had as many: once a caller has chosen, what is shown may be the chosen time alone.
 */
function timeOffered(position: number, offers: Facts['offers']): string | undefined {
  const several = offers.findLast((offer) => offer.length >= Math.max(position, 2));
  return (several ?? offers.findLast((offer) => offer.length >= position))?.[position - 1];
}

function startFits(expected: ExpectedBooking, booked: Booked, facts: Facts): boolean {
  switch (expected.start.kind) {
    case 'instant':
      return booked.startAt.getTime() === expected.start.at.getTime();
    case 'date':
      return (
        DateTime.fromJSDate(booked.startAt, { zone: facts.timeZone }).toISODate() ===
        expected.start.date
      );
    case 'offered': {
      const offered = timeOffered(expected.start.position, facts.offers);
      return offered !== undefined && booked.startAt.getTime() === new Date(offered).getTime();
    }
  }
}

/** Names and addresses are the same whatever their case: a caller says them, nobody hears capitals. */
function sameWords(one: string | null, other: string): boolean {
  return one !== null && one.trim().toLowerCase() === other.trim().toLowerCase();
}

function attendeeFits(expected: ExpectedBooking, booked: Booked): boolean {
  const { name, email, phone } = expected.attendee ?? {};
  return (
    (name === undefined || sameWords(booked.name, name)) &&
    (email === undefined || sameWords(booked.email, email)) &&
    (phone === undefined || booked.phone === phone)
  );
}

function written(expected: ExpectedBooking): string {
  const { start, attendee } = expected;
  const when =
    start.kind === 'instant'
      ? start.at.toISOString()
      : start.kind === 'date'
        ? `on ${start.date}`
        : `offered ${start.position}`;
  return [when, attendee?.name, attendee?.email, attendee?.phone]
    .filter((part) => part !== undefined)
    .join(', ');
}

function shown(booked: readonly Booked[]): string {
  return booked.length === 0
    ? 'none'
    : booked
        .map((one) =>
          [one.startAt.toISOString(), one.name, one.email, one.phone]
            .filter((part) => part !== null)
            .join(', '),
        )
        .join('; ');
}

function checkBookings(
  name: 'bookings' | 'cancelled',
  expected: readonly ExpectedBooking[],
  booked: readonly Booked[],
  facts: Facts,
): Check {
  const rest = [...booked];
  const missing: string[] = [];
  for (const one of expected) {
    const found = rest.findIndex(
      (other) => startFits(one, other, facts) && attendeeFits(one, other),
    );
    if (found === -1) {
      missing.push(written(one));
    } else {
      rest.splice(found, 1);
    }
  }
  const ok = missing.length === 0 && rest.length === 0;
  const reasons = [
    ...(missing.length > 0 ? [`missing: ${missing.join('; ')}`] : []),
    ...(rest.length > 0 ? [`not expected: ${shown(rest)}`] : []),
    ...(missing.some((one) => one.startsWith('offered'))
      ? [`last offer: ${facts.offers.findLast((offer) => offer.length > 1)?.join(', ') ?? 'none'}`]
      : []),
  ];
  return { name, ok, detail: ok ? shown(booked) : reasons.join('; ') };
}

/**
 * How many caller turns the database must hold at least: everything said or typed that the agent was given time for.
 * What is said twice without listening between may arrive as one turn.
 */
export function expectedCallerTurns(steps: readonly Step[]): number {
  let turns = 0;
  let pending = false;
  for (const step of steps) {
    const isRepeat = step.kind === 'press' && step.text === '*';
    if (['say', 'play', 'type', 'interrupt', 'press'].includes(step.kind) && !isRepeat) {
      pending = true;
    } else if (step.kind === 'hear' && step.ok && pending) {
      turns += 1;
      pending = false;
    }
  }
  return turns;
}

function checkMessages(
  expected: NonNullable<Scenario['expect']['messages']>,
  { messages }: Evidence,
): Check {
  const ok =
    messages.length === expected.length &&
    expected.every(({ name, number, text }, index) => {
      const taken = messages[index];
      return (
        taken !== undefined &&
        (name === undefined || sameWords(taken.name, name)) &&
        (number === undefined || taken.number === number) &&
        (text === undefined || text.test(taken.text))
      );
    });
  const shown = messages.map(({ name, number, text }) => [name, number, text].join(', '));
  return { name: 'messages', ok, detail: shown.join('; ') || 'none' };
}

function checkTools(expected: readonly string[], { toolCalls }: Evidence): Check {
  const called = toolCalls.map(({ name }) => name);
  const ok = called.join() === expected.join();
  const detail = called.join(', ') || 'none';
  return { name: 'tools', ok, detail: ok ? detail : `${detail} instead of ${expected.join(', ')}` };
}

function checkTurns({ steps, evidence }: Facts): Check {
  const expected = expectedCallerTurns(steps);
  const stored = evidence.turns.filter((turn) => turn.role === 'caller').length;
  const spoken = evidence.turns.some((turn) => turn.role === 'agent');
  return {
    name: 'turns stored',
    ok: stored >= expected && spoken,
    detail: `${stored} of the caller (at least ${expected} expected), ${evidence.turns.length - stored} of the agent`,
  };
}

function checkAnswered({ evidence }: Facts): Check {
  const ok = evidence.call !== null;
  return { name: 'answered', ok, detail: ok ? '' : 'nobody took the call: it has no row' };
}

function checkNothingOpen({ evidence }: Facts): Check {
  const open = [
    ...(evidence.call !== null && evidence.call.endedAt === null ? ['the call is not closed'] : []),
    ...evidence.toolCalls
      .filter((call) => call.endedAt === null)
      .map((call) => `${call.name} never ended`),
    ...evidence.intents
      .filter((intent) => intent.state === 'requested' || intent.state === 'claimed')
      .map((intent) => `a booking intent is still ${intent.state}`),
  ];
  return { name: 'nothing left open', ok: open.length === 0, detail: open.join('; ') };
}

/** Grades a call by its end state and by what was audible. */
export function grade(scenario: Scenario, facts: Facts): Check[] {
  const { expect } = scenario;
  const checks: Check[] = [];
  const failed = facts.steps.find((step) => !step.ok);
  const played = facts.steps.length === scenario.turns.length && failed === undefined;
  checks.push({
    name: 'every turn played',
    ok: played,
    detail:
      failed === undefined
        ? ''
        : `turn ${failed.number} (${failed.kind} ${failed.text}): ${failed.detail}`,
  });
  if (expect.outcome !== undefined) {
    const outcome = facts.evidence.call?.outcome ?? 'none';
    checks.push({
      name: 'outcome',
      ok: outcome === expect.outcome,
      detail:
        outcome === expect.outcome
          ? outcome
          : `${outcome} instead of ${expect.outcome} (${facts.evidence.call?.endReason ?? 'no reason'})`,
    });
  }
  if (expect.bookings !== undefined) {
    const standing = facts.evidence.appointments.filter((one) => one.status === 'confirmed');
    checks.push(checkBookings('bookings', expect.bookings, standing, facts));
  }
  if (expect.cancelled !== undefined) {
    const cancelled = facts.evidence.appointments.filter((one) => one.status === 'cancelled');
    checks.push(checkBookings('cancelled', expect.cancelled, cancelled, facts));
  }
  if (expect.messages !== undefined) {
    checks.push(checkMessages(expect.messages, facts.evidence));
  }
  if (expect.tools !== undefined) checks.push(checkTools(expect.tools, facts.evidence));
  checks.push(checkCalendar(facts));
  for (const pattern of expect.heard) {
    checks.push({ name: `heard ${String(pattern)}`, ok: pattern.test(facts.heard), detail: '' });
  }
  for (const pattern of expect.neverHeard) {
    const match = pattern.exec(facts.heard)?.[0];
    checks.push({
      name: `never heard ${String(pattern)}`,
      ok: match === undefined,
      detail: match === undefined ? '' : `heard "${match}"`,
    });
  }
  checks.push(...checkTruths(facts), checkAnswered(facts), checkTurns(facts));
  checks.push(checkNothingOpen(facts));
  return checks;
}
