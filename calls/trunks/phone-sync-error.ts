import { ServerError } from 'livekit-server-sdk';

/** LiveKit could not be brought in line; the message says what to do. */
export class PhoneSyncError extends Error {
  override readonly name = 'PhoneSyncError';
}

/** @throws {PhoneSyncError} always */
export function throwPhoneSyncError(error: unknown): never {
  throw new PhoneSyncError(adviceFor(error), { cause: error });
}

function adviceFor(error: unknown): string {
  if (!(error instanceof ServerError)) {
    return 'LiveKit cannot be reached. Check LIVEKIT_URL, or run `npm start -- --phone`.';
  }
  const said = error.message.trim();
  switch (error.status) {
    case 401:
    case 403:
      return 'LiveKit refuses the key: check LIVEKIT_API_KEY and LIVEKIT_API_SECRET.';
    case 404:
      return `LiveKit does not know what was to be changed: somebody else changes it too. Sync again. (${said})`;
    default:
      return error.status >= 500
        ? `LiveKit failed: ${said}. Its phone line needs Redis: see the \`redis\` part of its configuration.`
        : `LiveKit refuses the change: ${said}`;
  }
}
