import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { AlertDirection, AlertState, Instant, InstantByDefault } from '../values.ts';

export interface DailyFiguresTable {
  organizationId: string;
  /** One of `FIGURES`. */
  name: string;
  /** In the organization's zone. */
  day: string;
  /** Null of what is no agent's. */
  agentId: string | null;
  key: string;
  /** As PostgreSQL writes a number: counts, milliseconds, tokens, billionths of a US dollar. */
  amount: string;
}

export interface FigureZonesTable {
  organizationId: string;
  /** IANA: the days were counted in it. */
  timeZone: string;
  countedAt: InstantByDefault;
}

export interface StaleFiguresTable {
  id: GeneratedAlways<string>;
  organizationId: string;
  at: Instant;
}

export interface StaleDaysTable {
  organizationId: string;
  day: string;
}

export interface AlertsTable {
  id: Generated<string>;
  organizationId: string;
  name: string;
  /** Of `calls/figures/measures.ts`. */
  measure: string;
  /** Null: all of them. */
  agentId: string | null;
  windowHours: number;
  direction: AlertDirection;
  threshold: number;
  /** It is over on the other side of this one. */
  clearsAt: number;
  /** With fewer in the window nothing is decided. */
  leastCases: number;
  enabled: Generated<boolean>;
  state: Generated<AlertState>;
  /** As measured last; null: not yet, or there were too few cases. */
  value: number | null;
  checkedAt: Date | null;
  changedAt: Date | null;
  createdAt: InstantByDefault;
}

export interface AlertChangesTable {
  id: GeneratedAlways<string>;
  organizationId: string;
  alertId: string;
  state: AlertState;
  value: number;
  changedAt: InstantByDefault;
}

export interface SpendingLimitsTable {
  organizationId: string;
  /** US dollars, as PostgreSQL writes a number. */
  dollars: ColumnType<string, number, number>;
  /** Percent of it. */
  warnAt: number;
  /** The first day of the month in which somebody was told last. */
  toldMonth: string | null;
  toldPercent: number | null;
}
