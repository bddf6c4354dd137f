import type { Counted } from './auth-limits.ts';

/** What of better-auth is served; everything else of it is not there. */
interface AuthPath {
  method: 'GET' | 'POST';
  counted?: Counted;
  /** A field of the body that becomes a password. */
  newPassword?: 'newPassword';
  /** Milliseconds that an answer takes at least, where its time would tell whether an account exists. */
  floor?: number;
}

export const AUTH_PATHS: Readonly<Record<string, AuthPath>> = {
  '/sign-in/email': { method: 'POST', counted: 'guess' },
  '/sign-in/social': { method: 'POST' },
  '/callback/oidc': { method: 'GET' },
  '/sign-out': { method: 'POST' },
  '/get-session': { method: 'GET' },
  '/list-sessions': { method: 'GET' },
  '/revoke-session': { method: 'POST' },
  '/revoke-sessions': { method: 'POST' },
  '/revoke-other-sessions': { method: 'POST' },
  '/request-password-reset': { method: 'POST', counted: 'mail', floor: 300 },
  '/reset-password': { method: 'POST', counted: 'guess', newPassword: 'newPassword' },
  '/change-password': { method: 'POST', counted: 'guess', newPassword: 'newPassword' },
  '/send-verification-email': { method: 'POST', counted: 'mail', floor: 300 },
  '/verify-email': { method: 'GET' },
  '/two-factor/enable': { method: 'POST', counted: 'guess' },
  '/two-factor/disable': { method: 'POST', counted: 'guess' },
  '/two-factor/generate-backup-codes': { method: 'POST', counted: 'guess' },
  '/two-factor/verify-totp': { method: 'POST', counted: 'guess' },
  '/two-factor/verify-backup-code': { method: 'POST', counted: 'guess' },
  '/passkey/generate-register-options': { method: 'GET' },
  '/passkey/verify-registration': { method: 'POST' },
  '/passkey/generate-authenticate-options': { method: 'GET' },
  '/passkey/verify-authentication': { method: 'POST', counted: 'guess' },
  '/passkey/list-user-passkeys': { method: 'GET' },
  '/passkey/update-passkey': { method: 'POST' },
  '/passkey/delete-passkey': { method: 'POST' },
};
