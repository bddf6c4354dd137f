import { z } from 'zod';
import { EmailAddressSchema } from '../../runtime/given/email-address.ts';

/**
 * An address that somebody signs in with. It is narrower than what mail goes to: better-auth reads
 * the address of a sign-in by zod's `email`, so one with other letters would never be let in.
 */
export const SignInAddressSchema = EmailAddressSchema.pipe(
  z.email(
    "cannot be signed in with: before the @ it may have letters from a to z, digits and . _ ' + -, and its last part is of letters alone",
  ),
);
