import { z } from 'zod';

const ILL_FORMED = /\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const DECIMAL = /^-?\d{1,10}(\.\d{1,4})?$/;

/** An id: a UUID in canonical lower case; we hand out version 7. */
export const idSchema = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i, 'must be a UUID')
  .transform((value) => value.toLowerCase());

/** An instant in replies: RFC 3339, UTC, milliseconds, `Z`. */
export const instantSchema = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

/** An instant in requests: RFC 3339 with any offset; becomes epoch milliseconds. */
export const instantInSchema = z.iso.datetime({ offset: true }).transform((value) => Date.parse(value));

/** Points and marks in requests: a decimal string or a number, at most 10 digits and 4 places; becomes a string. */
export const decimalInSchema = z
  .union([z.string(), z.number()])
  .transform((value) => String(value))
  .refine((value) => DECIMAL.test(value), 'must be a decimal with at most 10 digits and 4 places, such as "2.5"');

/** Points and marks in replies. */
export const decimalSchema = z.string().regex(DECIMAL);

/** Text that Postgres and JSON can carry: no NUL, no lone surrogates. */
export function textSchema(maxLength: number, minLength = 0): z.ZodString {
  return z
    .string()
    .min(minLength, minLength === 1 ? 'must not be empty' : undefined)
    .max(maxLength)
    .refine((value) => !ILL_FORMED.test(value), 'must not contain NUL characters or lone surrogates');
}

/** Why somebody did something: asked of every act of staff that a student feels. */
export const reasonSchema = textSchema(500, 1).refine((value) => value.trim() !== '', 'must say why');

/** An IANA time zone that this machine knows. */
export const timeZoneSchema = z.string().refine(isTimeZone, 'must be an IANA time zone such as "Europe/Berlin"');

/** Wall time without a zone, to the minute or the second. */
export const localTimeSchema = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/, 'must be a wall time such as "2026-12-01T09:00"');

/** Query of every list. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(1000).optional(),
  q: textSchema(200).optional(),
};

/** A reply with one page of a list. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    total: z.int().optional(),
    streamPosition: z.string().optional(),
  });
}

/** `true` or `false` in a query. */
export const flagSchema = z.enum(['true', 'false']).transform((value) => value === 'true');

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return /^[A-Za-z]/.test(value);
  } catch {
    return false;
  }
}
