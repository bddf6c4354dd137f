import type { RecordingStore } from '../calls/recordings/recording-store.ts';
import type { Providers } from '../calendar/providers.ts';
import type { Database } from '../db/database.ts';
import type { ModelAccess } from './doctor/read-models.ts';
import type { Fetch } from '../runtime/http-transport.ts';

/** What an operator's work at a calendar needs. */
export interface ManageParts {
  db: Database;
  /** Seals and opens the calendars' credentials. */
  masterKey: Buffer;
  now: () => Date;
  providers: Providers;
  /** Absent where no key of the models' provider is known: then nothing is asked there. */
  model?: ModelAccess | undefined;
  /** Absent where no place for recordings is named. */
  recordings?: { store: RecordingStore } | undefined;
  fetch?: Fetch | undefined;
  /**
   * True where somebody else than the server's operator asks: the address of a calendar may lead to no
   * private network that the operator has not allowed.
   */
  isGuarded?: boolean;
}
