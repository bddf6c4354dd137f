import { useEffect, useRef, useState } from 'react';
import { useCall } from '../../../../call/use-call.ts';
import { TokenServerError } from '../../../../token-server.ts';
import type { TokenServer } from '../../../../token-server.ts';
import type { ApiProblem } from '../../../api/api-problem.ts';
import { callRoute } from '../../../api/client.ts';
import type { AnswerOf } from '../../../api/route-types.ts';
import { useOffice } from '../../../office.ts';

export interface TestCallParts {
  slug: string;
  /** Saves what the call is to try out; false: it cannot be saved. */
  prepare: () => Promise<boolean>;
}

/**
 * The call of the visitor's page, into which the office lets its members.
 * @returns beside it, in words, why it let nobody in (null where it did), and the room of the last call
 */
export function useTestCall({ slug, prepare }: TestCallParts) {
  const { organization } = useOffice();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [roomName, setRoomName] = useState<string | null>(null);
  // A call is begun with the form as it is then.
  const latest = useRef(prepare);
  useEffect(() => {
    latest.current = prepare;
  });
  const [tokenServer] = useState<Pick<TokenServer, 'requestCall'>>(() => ({
    requestCall: async ({ timeZone }) => {
      setRefusal(null);
      try {
        if (!(await latest.current())) throw notSaved();
        const asked = { organizationId: organization.id, params: { slug }, body: { timeZone } };
        const answer = (await callRoute('startTestCall', asked)) as AnswerOf<'startTestCall'>;
        const { serverUrl, token, agent, rehearsal } = answer;
        setRoomName(answer.roomName);
        return { serverUrl, participantToken: token, agent: { ...agent, slug, rehearsal } };
      } catch (error) {
        const { status, code, message } = error as ApiProblem | TokenServerError;
        setRefusal(message);
        throw new TokenServerError(message, { status, code }, { cause: error });
      }
    },
  }));
  return { ...useCall(slug, tokenServer), refusal, roomName };
}

function notSaved(): TokenServerError {
  const words = 'What you changed cannot be saved: look at what the form says.';
  return new TokenServerError(words, { status: 400, code: 'not_saved' });
}
