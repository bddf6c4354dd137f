import type { CallerDetail } from '../../calls/call-view.ts';
import type { ReadBackState } from '../spelled/read-back.ts';
import type { FinderState } from './appointment-finder.ts';
import type { AppointmentsState } from './call-appointments.ts';
import type { DetailsState } from './caller-details.ts';
import type { OffersState } from './offers-state.ts';

/** What a desk knows of its call, as JSON, for a call that no process has as a whole. */
export interface DeskState {
  offers: OffersState;
  appointments: AppointmentsState;
  /** How many were asked for. */
  changes: number;
  finder: FinderState;
  details: DetailsState;
  readBack: ReadBackState;
  addresses: string[];
  /** The id of the event that times were looked for last. */
  lastEvent: string | null;
  askedOf: CallerDetail['field'][];
}
