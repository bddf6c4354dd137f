import { z } from 'zod';
import { withoutInvisible } from './invisible-characters.ts';
import { saidText } from './said-text.ts';

/** As a column, a mail's header and a page hold it well. */
const LONGEST = 100;
/** Of one line: no control characters, no separators of lines, no halves of a pair. */
const NOT_OF_A_LINE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;
const SPACES = /[\t\p{Zs}\u2800]+/gu;
/** Mail programs make a link of each, and an attendee's name stands in mail to any address. */
const LINK = /:\/\/|\bwww[.。．｡]|[.。．｡][\p{L}\p{N}-]{2,}[/:?#\\]|(?:^|\s)[a-z]+:\S|\S[@＠]\S/iu;
const PHONE_NUMBER = /\d(?:[\s().+/-]*\d){6,}/;
/** "evil.example" would be a link; "Dr.Smith" only lacks a space. */
const DOT_WITHIN = /(?<=[\p{L}\p{N}])[.。．｡](?=[\p{L}\p{N}]{2})/gu;

/**
 * The one rule of a person's name: one line of at most 100 characters, in any script, that no mail
 * program makes a link of. Invisible characters are dropped, spaces are single ones, and what is
 * left is in Unicode's form NFC. Messages read after "name: ".
 */
export const PersonNameSchema = z.string().transform((text, context) => {
  const line = withoutInvisible(text).trim().replaceAll(SPACES, ' ');
  const fault = faultOf(line);
  if (fault === null) return line.replaceAll(DOT_WITHIN, '. ');
  context.addIssue({ code: 'custom', message: fault });
  return z.NEVER;
});

/**
 * A name for a mail: a booking page of a provider takes any. What a mail program
 * would make a link of is parted; the rest stays.
 */
export function nameWithoutLinks(name: string): string {
  return saidText(withoutInvisible(name).replaceAll(/[\s\p{Cc}]+/gu, ' '), LONGEST)
    .replaceAll(/:[/\\]*(?=\S)/g, ': ')
    .replaceAll(/(?<=[\p{L}\p{N}])[/\\?#]+(?=\S)/gu, ' ')
    .replaceAll(/(?<=\S)[@＠](?=\S)/g, ' at ')
    .replaceAll(DOT_WITHIN, '. ')
    .replaceAll(new RegExp(PHONE_NUMBER, 'g'), '…');
}

function faultOf(name: string): string | null {
  if (name === '') return 'must not be empty';
  if (name.length > LONGEST) return `must be at most ${LONGEST} characters long`;
  if (NOT_OF_A_LINE.test(name)) return 'must be one line of printable characters';
  if (/[<>]/.test(name)) return 'must have no < and no >';
  if (LINK.test(name)) return 'must be a name and no address of the web or of mail';
  return PHONE_NUMBER.test(name) ? 'must be a name and no phone number' : null;
}
