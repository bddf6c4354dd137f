import { VisuallyHidden } from '@mantine/core';
import { Icon } from '../../components/icon.tsx';
import type { IconName } from '../../components/icon.tsx';
import classes from './appointments.module.css';
import type { Appointment } from './appointment.ts';

type State = Appointment['state'];

export const STATE_WORDS: Record<State, string> = {
  requested: 'Requested',
  confirmed: 'Confirmed',
  unconfirmed: 'Unconfirmed',
  cancelled: 'Cancelled',
};

const ICONS: Record<State, IconName> = {
  requested: 'clock',
  confirmed: 'check',
  unconfirmed: 'alert',
  cancelled: 'cross',
};

/** The state by shape and word; the colour only helps. */
export function StateMark({ state }: { state: State }) {
  return (
    <span className={classes['mark']} data-state={state}>
      <Icon name={ICONS[state]} size={14} />
      {STATE_WORDS[state]}
    </span>
  );
}

/** The same where there is little room: the word is for ears. */
export function StateSign({ state }: { state: State }) {
  return (
    <span className={classes['sign']} data-state={state}>
      <Icon name={ICONS[state]} size={14} />
      <VisuallyHidden>{STATE_WORDS[state]}: </VisuallyHidden>
    </span>
  );
}
