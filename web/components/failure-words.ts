import type { CallFailure } from '../call/call-failure.ts';

/** What a failure is called, and what the visitor can do about it. */
export interface FailureWords {
  title: string;
  advice: string;
  /** Whether another attempt may help. */
  retry: boolean;
}

export function failureWords(failure: CallFailure): FailureWords {
  switch (failure.kind) {
    case 'agent-missing':
      return {
        title: 'Nobody answers at this address',
        advice: 'Check the link: there is no receptionist under this name.',
        retry: false,
      };
    case 'agent-disabled':
      return {
        title: 'Not taking calls right now',
        advice: 'This receptionist is switched off at the moment. Please come back later.',
        retry: true,
      };
    case 'too-many':
      return {
        title: 'One moment, please',
        advice:
          failure.retryAfterSeconds === null
            ? 'There were many calls from here just now. Wait a minute, then call again.'
            : `There were many calls from here just now. Call again in ${seconds(failure.retryAfterSeconds)}.`,
        retry: true,
      };
    case 'unreachable':
      return {
        title: 'The front desk cannot be reached',
        advice: 'No answer from the server. Check your internet connection, then try again.',
        retry: true,
      };
    case 'no-connection':
      return {
        title: 'The call did not connect',
        advice:
          'Your browser could not open the voice connection. A strict network or VPN may block it: try another network.',
        retry: true,
      };
    case 'no-agent':
      return {
        title: 'Nobody picked up',
        advice: 'All lines may be busy. Please call again in a moment.',
        retry: true,
      };
    case 'connection-lost':
      return {
        title: 'The connection was lost',
        advice: 'We tried to bring the call back and could not. Call again when you are online.',
        retry: true,
      };
    case 'joined-twice':
      return {
        title: 'The call was opened a second time',
        advice:
          'A call belongs to one browser, so it was ended for your safety. Please call again.',
        retry: true,
      };
    case 'agent-left':
      return {
        title: 'The call was cut off',
        advice: 'Something went wrong on our side. Please call again.',
        retry: true,
      };
    case 'agent-failed':
      return {
        title: 'This call could not be completed',
        advice: 'Something went wrong on our side. Please call again, or try later.',
        retry: true,
      };
  }
}

function seconds(count: number): string {
  return count === 1 ? '1 second' : `${count} seconds`;
}
