import { z } from 'zod';
import type { ExaminedCall } from '../../../manage/calls/examine-call.ts';
import { exportCalls } from '../../../manage/calls/export-calls.ts';
import { openRecording, peaksOf } from '../../../manage/calls/open-recording.ts';
import { Problem } from '../../problem.ts';
import { fileRoute, readRoute } from '../route.ts';
import { WholeCallSchema } from './call-schemas.ts';
import { callFilter, ofCall } from './calls.ts';
import { presentWholeCall } from './present-call.ts';

const ofRecording = ofCall.extend({
  part: z.string().regex(/^[1-9]\d{0,3}$/, 'must be the number of a part, from 1 on'),
});
const present = (call: ExaminedCall): unknown => WholeCallSchema.parse(presentWholeCall(call));
const TYPES = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl' };

/** Of one organization at once: each reads for as long as there are calls. */
const MOST_EXPORTS = 3;
const exporting = new Map<string, number>();

/** @throws {Problem} as many are under way */
async function* inTurn(
  organizationId: string,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const others = exporting.get(organizationId) ?? 0;
  if (others >= MOST_EXPORTS) {
    throw new Problem('too_many_requests', `${others} exports go on: wait until one has ended.`);
  }
  exporting.set(organizationId, others + 1);
  try {
    yield* bytes;
  } finally {
    exporting.set(organizationId, (exporting.get(organizationId) ?? 1) - 1);
  }
}

export const CALL_FILE_ROUTES = [
  fileRoute({
    id: 'getRecording',
    path: '/organizations/{organizationId}/calls/{callId}/recordings/{part}',
    summary: 'A part of the recording (WAVE), or a range of it: the caller left, the agent right.',
    action: 'recordings:read',
    params: ofRecording,
    query: z.strictObject({}),
    contentType: 'audio/wav',
    async run({ db, permit, params, ofCalls: { recordings: store } }) {
      const recording = await openRecording({ db, store }, permit.organizationId, params);
      return {
        type: 'audio/wav',
        name: `${params.callId}-${params.part}.wav`,
        isSaved: false,
        size: recording.bytes,
        read: (range) => recording.read(range),
      };
    },
  }),
  readRoute({
    id: 'getRecordingPeaks',
    path: '/organizations/{organizationId}/calls/{callId}/recordings/{part}/peaks',
    summary: 'How loud each side of a part is, evenly over the whole: to draw it by.',
    action: 'recordings:read',
    params: ofRecording,
    query: z.strictObject({}),
    answer: z.object({
      startedAt: z.iso.datetime(),
      milliseconds: z.int(),
      caller: z.array(z.number()).meta({ description: 'Each from 0 to 1.' }),
      agent: z.array(z.number()),
    }),
    async run({ db, permit, params, ofCalls: { recordings: store } }) {
      const recording = await openRecording({ db, store }, permit.organizationId, params);
      const [caller, agent] = await peaksOf(db, recording);
      const { startedAt, milliseconds } = recording;
      return { startedAt: startedAt.toISOString(), milliseconds, caller, agent };
    },
  }),
  fileRoute({
    id: 'exportCalls',
    path: '/organizations/{organizationId}/calls-export',
    summary: 'Calls to save, the newest first: the list as CSV, or whole calls, one a line (JSON).',
    action: 'calls:read',
    params: z.object({ organizationId: z.uuid() }),
    query: z.strictObject({ format: z.enum(['csv', 'jsonl']).default('csv'), ...callFilter }),
    contentType: 'text/csv',
    run: ({ db, permit: { organizationId }, query: { format, ...filter } }) =>
      Promise.resolve({
        type: TYPES[format],
        name: `calls.${format}`,
        isSaved: true,
        size: null,
        read: () =>
          inTurn(organizationId, exportCalls(db, organizationId, { format, filter, present })),
      }),
  }),
];
