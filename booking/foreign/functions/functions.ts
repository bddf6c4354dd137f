import { appointmentCancel } from './appointment-cancel.ts';
import { appointmentCreate } from './appointment-create.ts';
import { appointmentRead } from './appointment-read.ts';
import { appointmentUpdate } from './appointment-update.ts';
import { availabilityRead } from './availability-read.ts';
import type { AssistantFunction } from './function.ts';
import { userCreate, userRead } from './users.ts';

/** Every function that an assistant of another platform can call. */
export const FUNCTIONS: readonly AssistantFunction[] = [
  availabilityRead,
  appointmentCreate,
  appointmentRead,
  appointmentUpdate,
  appointmentCancel,
  userRead,
  userCreate,
];
