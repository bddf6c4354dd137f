import { describe, expect, it, vi } from 'vitest';
import { endCall } from '../../../agent/tools/end-call.ts';

describe('end_call', () => {
  const run = async (isHeard: boolean, isCallerSpeaking = false) => {
    const hangUp = vi.fn<(reason: string) => void>();
    const goodbye = Promise.withResolvers<boolean>();
    const answer = endCall(hangUp).run(
      {},
      { heard: () => goodbye.promise, isCallerSpeaking: () => isCallerSpeaking },
    );
    await Promise.resolve();
    expect(hangUp).not.toHaveBeenCalled();
    goodbye.resolve(isHeard);
    return { answer: await answer, hangUp };
  };

  it('hangs up once the goodbye was heard', async () => {
    const { answer, hangUp } = await run(true);
    expect(answer).toBeUndefined();
    expect(hangUp).toHaveBeenCalledWith('The agent said goodbye.');
  });

  it('does not hang up without a goodbye', async () => {
    const { answer, hangUp } = await run(false);
    expect(answer).toMatchObject({ status: 'not_ended' });
    expect(hangUp).not.toHaveBeenCalled();
  });

  it('does not hang up on a caller who says something more', async () => {
    const { answer, hangUp } = await run(true, true);
    expect(answer).toMatchObject({
      status: 'not_ended',
      next: expect.stringMatching(/more to say/),
    });
    expect(hangUp).not.toHaveBeenCalled();
  });
});
