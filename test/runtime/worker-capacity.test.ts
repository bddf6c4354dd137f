import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { capacityOf, connectionsOf, readMachine } from '../../runtime/worker-capacity.ts';

describe('what a worker takes on', () => {
  it('is a process for each core and six calls, where there is memory', () => {
    const capacity = capacityOf({ cores: 4, megabytes: 16_000 });
    expect(capacity).toEqual({ processes: 4, calls: 24, megabytes: 1_500, connections: 8 });
    expect(connectionsOf(capacity)).toBe(33);
  });

  it('opens no more connections than a PostgreSQL that nobody configured takes', () => {
    expect(connectionsOf(capacityOf({ cores: 20, megabytes: 64_000 }))).toBeLessThan(97);
  });

  it.each([512, 700, 1_000, 1_500, 2_000, 4_000])(
    'fits into a container of %i MB, up to the point at which a process is ended',
    (megabytes) => {
      const capacity = capacityOf({ cores: 16, megabytes });
      expect(200 + capacity.processes * 160 + capacity.calls * 25).toBeLessThanOrEqual(megabytes);
      expect(200 + capacity.processes * capacity.megabytes * 1.5).toBeLessThanOrEqual(
        megabytes * 1.02,
      );
    },
  );

  it('is less on a part of a core, and one call at least', () => {
    expect(capacityOf({ cores: 0.5, megabytes: 8_000 })).toMatchObject({ processes: 1, calls: 3 });
    expect(capacityOf({ cores: 0.1, megabytes: 100 })).toMatchObject({ processes: 1, calls: 1 });
  });

  it('is what the operator chose', () => {
    const chosen = { processes: 3, calls: 90, megabytes: 400 };
    expect(capacityOf({ cores: 2, megabytes: 1_000 }, chosen)).toEqual({
      ...chosen,
      connections: 10,
    });
  });
});

describe('what a process may use', () => {
  function controlGroup(files: Record<string, string>): string {
    const folder = mkdtempSync(join(tmpdir(), 'slotline-cgroup-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    mkdirSync(join(folder, 'cpu'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return folder;
  }

  it.each([
    ['of the second version', { 'cpu.max': '50000 100000\n' }],
    [
      'of the first version',
      { 'cpu/cpu.cfs_quota_us': '50000\n', 'cpu/cpu.cfs_period_us': '100000\n' },
    ],
  ])('is bounded by a control group %s', (_, files) => {
    expect(readMachine(controlGroup(files)).cores).toBe(0.5);
  });

  it.each([
    ['says so', { 'cpu.max': 'max 100000\n' }],
    ['says so in its way', { 'cpu/cpu.cfs_quota_us': '-1\n', 'cpu/cpu.cfs_period_us': '100000\n' }],
    ['says nothing', {}],
  ])('is all of the machine where a control group without a limit %s', (_, files) => {
    const { cores, megabytes } = readMachine(controlGroup(files));
    expect(cores).toBe(availableParallelism());
    expect(megabytes).toBeGreaterThan(100);
    expect(Number.isFinite(megabytes)).toBe(true);
  });
});
