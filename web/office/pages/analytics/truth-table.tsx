import { Card } from './chart-card.tsx';
import { FigureTable } from './figure-table.tsx';
import type { Analytics } from './analytics-words.ts';
import { writeCount } from './analytics-words.ts';

/** Whether what callers heard was true, and whether what was booked stands. */
export function TruthTable({ analytics: { truth, appointments } }: { analytics: Analytics }) {
  return (
    <Card
      title="Was it true?"
      words="What the agent says of times and bookings is held to the calendar before it is heard."
    >
      <FigureTable
        caption="Was it true?"
        head={['What', 'How often']}
        rows={[
          ['True sentences about times and bookings', writeCount(truth.claims)],
          ['False sentences that nobody heard', writeCount(truth.stopped)],
          ['False sentences heard and taken back', writeCount(truth.corrected)],
          ['Changes that are not confirmed yet', writeCount(truth.unconfirmed)],
          ['Changes that were settled later', writeCount(truth.settled)],
          ['Appointments made', writeCount(appointments.made)],
          ['Of these, waiting for your yes', writeCount(appointments.pending)],
          ['Of these, cancelled since', writeCount(appointments.cancelled)],
        ]}
      />
    </Card>
  );
}
