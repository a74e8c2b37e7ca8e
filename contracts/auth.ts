import { z } from 'zod';

import { idSchema, instantSchema, pageOf, textSchema, timeZoneSchema } from './common.ts';
import { emailSchema, localeSchema, nameSchema, newPasswordSchema, userSchema } from './people.ts';

/** A refresh token or another secret that we handed out. */
const secretSchema = z.string().min(1).max(500);

/** Somebody who makes a student account for themselves. */
export const registerSchema = z.strictObject({ email: emailSchema, password: newPasswordSchema, name: nameSchema }).meta({ id: 'Register' });

/** A log-in. */
export const loginSchema = z.strictObject({ email: emailSchema, password: textSchema(200, 1) }).meta({ id: 'Login' });

/** A refresh or log-out; the web app sends its cookie instead of the token. */
export const refreshSchema = z.strictObject({ refreshToken: secretSchema.optional() }).meta({ id: 'Refresh' });

/** A pair of tokens and whose they are. */
export const loggedInSchema = z
  .object({
    accessToken: z.string(),
    refreshToken: z.string(),
    expiresIn: z.int().describe('seconds that the access token is valid'),
    user: userSchema,
  })
  .meta({ id: 'LoggedIn' });

/** What people may change about themselves. */
export const profilePatchSchema = z
  .strictObject({ name: nameSchema, timeZone: timeZoneSchema, locale: localeSchema })
  .partial()
  .meta({ id: 'ProfilePatch' });

/** A change of one's own password. */
export const passwordChangeSchema = z.strictObject({ current: textSchema(200, 1), next: newPasswordSchema }).meta({ id: 'PasswordChange' });

/** One place where an account is logged in. */
export const authSessionSchema = z
  .object({
    id: idSchema,
    current: z.boolean().describe('the log-in of this very request'),
    userAgent: z.string(),
    address: z.string(),
    createdAt: instantSchema,
    lastUsedAt: instantSchema,
    expiresAt: instantSchema,
  })
  .meta({ id: 'AuthSession' });

/** The log-ins of an account. */
export const authSessionPageSchema = pageOf(authSessionSchema).meta({ id: 'AuthSessionPage' });
