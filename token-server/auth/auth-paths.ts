import type { AccountChange } from '../../manage/accounts/tell-organizations.ts';
import type { Counted } from './auth-limits.ts';

/** What of better-auth is served; everything else of it is not there. */
export interface AuthPath {
  method: 'GET' | 'POST';
  counted?: Counted;
  /**
   * Whose account is counted beside the address: that of the body's e-mail, or that of the session.
   * Elsewhere the body may say any e-mail, and it counts for nothing.
   */
  account?: 'email' | 'session';
  /** Its being let in proves the account's password, and has the account's count begin anew. */
  forgives?: true;
  /** A field of the body that becomes a password. */
  newPassword?: 'newPassword';
  /** A field of the body that becomes a person's name. */
  newName?: 'name';
  /** Milliseconds that an answer takes at least, where its time would tell whether an account exists. */
  floor?: number;
  /** A field of the body that is not taken. */
  refused?: 'idToken' | 'image';
  /** What the body says, whatever it said. */
  fixed?: Readonly<Record<string, unknown>>;
  /** A field of the body that is good once for an account, though the library takes it again. */
  once?: 'code';
  /** What the audit log tells of whoever has signed in, once it is done. */
  told?: AccountChange;
}

export const AUTH_PATHS: Readonly<Record<string, AuthPath>> = {
  '/sign-in/email': { method: 'POST', counted: 'guess', account: 'email', forgives: true },
  // A token that a page brings was given to any program, and not by this sign-in.
  '/sign-in/social': { method: 'POST', refused: 'idToken' },
  '/callback/oidc': { method: 'GET' },
  '/sign-out': { method: 'POST' },
  '/get-session': { method: 'GET' },
  '/list-sessions': { method: 'GET' },
  '/revoke-session': { method: 'POST' },
  '/revoke-sessions': { method: 'POST' },
  '/revoke-other-sessions': { method: 'POST' },
  '/request-password-reset': { method: 'POST', counted: 'mail', account: 'email', floor: 300 },
  '/reset-password': { method: 'POST', counted: 'guess', newPassword: 'newPassword' },
  '/change-password': {
    method: 'POST',
    counted: 'guess',
    account: 'session',
    newPassword: 'newPassword',
    fixed: { revokeOtherSessions: true },
    told: 'member.password_changed',
  },
  '/send-verification-email': { method: 'POST', counted: 'mail', account: 'email', floor: 300 },
  '/verify-email': { method: 'GET' },
  '/update-user': { method: 'POST', newName: 'name', refused: 'image', told: 'member.renamed' },
  '/two-factor/enable': { method: 'POST', counted: 'guess', account: 'session' },
  '/two-factor/disable': {
    method: 'POST',
    counted: 'guess',
    account: 'session',
    told: 'member.second_step_off',
  },
  '/two-factor/generate-backup-codes': {
    method: 'POST',
    counted: 'guess',
    account: 'session',
    told: 'member.backup_codes_made',
  },
  '/two-factor/verify-totp': {
    method: 'POST',
    counted: 'guess',
    account: 'session',
    once: 'code',
    told: 'member.second_step_on',
  },
  '/two-factor/verify-backup-code': { method: 'POST', counted: 'guess', account: 'session' },
  '/passkey/generate-register-options': { method: 'GET' },
  '/passkey/verify-registration': { method: 'POST', told: 'member.passkey_made' },
  '/passkey/generate-authenticate-options': { method: 'GET' },
  '/passkey/verify-authentication': { method: 'POST', counted: 'guess' },
  '/passkey/list-user-passkeys': { method: 'GET' },
  '/passkey/update-passkey': { method: 'POST' },
  '/passkey/delete-passkey': { method: 'POST', told: 'member.passkey_removed' },
};
