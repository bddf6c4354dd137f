import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { genericOAuth, twoFactor } from 'better-auth/plugins';
import { deleteVerifications } from '../../db/accounts/users.ts';
import type { Database } from '../../db/database.ts';
import { officeLink, queueUserLink } from '../../manage/accounts/account-links.ts';
import { tellOrganizations } from '../../manage/accounts/tell-organizations.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { OfficeConfig } from '../config.ts';

/** Set by us alone, and taken from whatever comes in: whose request it is. */
export const ADDRESS_HEADER = 'x-slotline-address';
/** Of the sign-in by OpenID Connect, in its callback's address. */
export const OIDC_PROVIDER = 'oidc';
const HOUR = 3_600;
const DAY = 24 * HOUR;

export interface AuthParts {
  db: Database;
  logger: Logger;
  office: Pick<OfficeConfig, 'url' | 'origins' | 'oidc'>;
  /** Signs cookies and encrypts second steps. */
  secret: string;
}

export type Auth = ReturnType<typeof createAuth>;

/**
 * better-auth on our own tables: who signs in, how, and what sessions there are. Who may do what is
 * decided elsewhere (`manage/accounts/policies.ts`).
 */
export function createAuth({ db, logger, office, secret }: AuthParts) {
  const { url, origins, oidc } = office;
  const sendLink = (
    user: { id: string; name: string; email: string },
    link: { purpose: 'verify-email' | 'reset-password'; url: string },
  ): Promise<void> => queueUserLink(db, user, { ...link, lifetime: HOUR * 1_000 });
  return betterAuth({
    appName: 'Slotline',
    baseURL: url,
    basePath: '/api/auth',
    trustedOrigins: origins,
    secret,
    telemetry: { enabled: false },
    database: { db, type: 'postgres' },
    user: { modelName: 'users' },
    session: { modelName: 'userSessions', expiresIn: 7 * DAY, updateAge: DAY, freshAge: HOUR },
    account: { modelName: 'userAccounts', encryptOAuthTokens: true },
    verification: { modelName: 'verifications', storeIdentifier: 'hashed' },
    emailAndPassword: {
      enabled: true,
      // People come by a set-up link or an invitation.
      disableSignUp: true,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: HOUR,
      onPasswordReset: async ({ user }) => {
        await deleteVerifications(db, user.id);
        await tellOrganizations(db, user.id, 'member.password_reset');
      },
      sendResetPassword: ({ user, token }) =>
        sendLink(user, {
          purpose: 'reset-password',
          url: officeLink(url, 'reset-password', token),
        }),
    },
    emailVerification: {
      expiresIn: HOUR,
      sendVerificationEmail: ({ user, token }) =>
        sendLink(user, { purpose: 'verify-email', url: officeLink(url, 'verify-email', token) }),
    },
    plugins: [
      twoFactor({
        issuer: 'Slotline',
        schema: { twoFactor: { modelName: 'twoFactors' } },
      }),
      passkey({
        rpName: 'Slotline',
        rpID: new URL(url).hostname,
        origin: origins,
        schema: { passkey: { modelName: 'passkeys', fields: { credentialID: 'credentialId' } } },
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
        registration: {
          afterVerification: ({ verification }) => {
            requireVerifiedUser(verification.registrationInfo?.userVerified);
          },
        },
        authentication: {
          afterVerification: ({ verification }) => {
            requireVerifiedUser(verification.authenticationInfo.userVerified);
          },
        },
      }),
      ...(oidc
        ? [
            genericOAuth({
              config: [
                {
                  providerId: OIDC_PROVIDER,
                  discoveryUrl: `${oidc.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
                  clientId: oidc.clientId,
                  clientSecret: oidc.clientSecret,
                  scopes: ['openid', 'email', 'profile'],
                  pkce: true,
                  disableSignUp: true,
                },
              ],
            }),
          ]
        : []),
    ],
    databaseHooks: {
      account: {
        create: {
          after: async ({ providerId, userId }) => {
            if (providerId !== OIDC_PROVIDER) return;
            await tellOrganizations(db, userId, 'member.oidc_linked');
          },
        },
      },
    },
    // Ours counts in PostgreSQL, by account too (`auth-limits.ts`).
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'slotline',
      // Also where a proxy ends TLS: the address that people use is what counts.
      useSecureCookies: url.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      // Said, since the library leaves the check out where it believes to be in a test.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      database: { generateId: 'uuid' },
      // Whether a mail is written must not be told from how long the answer takes.
      backgroundTasks: {
        handler: (task) => {
          task.catch((err: unknown) => logger.error({ err }, 'a link could not be queued'));
        },
      },
    },
    // Its own words name addresses: a log carries none.
    logger: {
      log: (level) => {
        if (level === 'error') logger.warn('better-auth refused a request');
      },
    },
    onAPIError: {
      // Where a sign-in by OpenID Connect ends that was refused (`entry-routes.ts`).
      errorURL: `${url}/api/auth/error`,
      onError: (err) => {
        if (!isAnswer(err)) logger.error({ err }, 'a request for sign-in failed');
      },
    },
  });
}

/**
 * A passkey stands for a password and a second step together, so it is not enough to hold it: its
 * owner was asked for a finger, a face or a PIN.
 */
function requireVerifiedUser(isVerified: boolean | undefined): void {
  if (isVerified === true) return;
  throw APIError.from('FORBIDDEN', {
    code: 'USER_NOT_VERIFIED',
    message: 'The passkey must ask for a finger, a face or a PIN.',
  });
}

/** An error of the library's that is an answer to the client. */
function isAnswer(error: unknown): boolean {
  return error instanceof Error && error.name === 'APIError';
}
