import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { CalendarUnreachableError } from '../../../calendar/calendar-error.ts';
import { MailboxGate, MailboxGates } from '../../../calendar/microsoft/mailbox-gate.ts';

describe('the gate of a mailbox', () => {
  it('lets four pass at once, and the next in the order in which they came', async () => {
    const gate = new MailboxGate();
    const ends: (() => void)[] = [];
    const begun: number[] = [];
    const passing = Array.from({ length: 7 }, (_, index) =>
      gate.pass(async () => {
        begun.push(index);
        await new Promise<void>((resolve) => ends.push(resolve));
      }),
    );
    await turn();
    expect(begun).toEqual([0, 1, 2, 3]);
    ends[2]?.();
    await turn();
    expect(begun).toEqual([0, 1, 2, 3, 4]);
    for (const index of [0, 1, 3, 4]) ends[index]?.();
    await turn();
    expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6]);
    for (const end of ends) end();
    await Promise.all(passing);
  });

  it('is open again after what failed', async () => {
    const gate = new MailboxGate();
    for (let index = 0; index < 9; index += 1) {
      await expect(gate.pass(() => Promise.reject(new Error('No.')))).rejects.toThrow('No.');
    }
    expect(await gate.pass(() => Promise.resolve('through'))).toBe('through');
  });

  it('sends away who would wait for too long, and lets the others in', async () => {
    vi.useFakeTimers();
    try {
      const gate = new MailboxGate();
      const { promise, resolve } = Promise.withResolvers<void>();
      const passing = Array.from({ length: 4 }, () => gate.pass(() => promise));
      const waiting = gate.pass(() => Promise.resolve('late')).catch((error: unknown) => error);
      await vi.advanceTimersByTimeAsync(4_000);
      expect(await waiting).toBeInstanceOf(CalendarUnreachableError);
      resolve();
      await Promise.all(passing);
      expect(await gate.pass(() => Promise.resolve('in'))).toBe('in');
    } finally {
      vi.useRealTimers();
    }
  });

  it('is one for all of a process that ask the same mailbox', () => {
    const gates = new MailboxGates();
    expect(gates.of('a@example.com')).toBe(gates.of('a@example.com'));
    expect(gates.of('a@example.com')).not.toBe(gates.of('b@example.com'));
  });
});
