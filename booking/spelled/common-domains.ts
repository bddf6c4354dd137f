import { distance } from './distance.ts';

/** Mail providers that many people use, with the domains they have. The first one is offered where the end is missing. */
const PROVIDERS: Record<string, readonly string[]> = {
  gmail: ['com'],
  googlemail: ['com', 'de'],
  hotmail: ['com', 'co.uk', 'fr', 'de', 'es', 'it', 'be', 'ca'],
  outlook: ['com', 'de', 'fr', 'es', 'it', 'pt', 'com.br'],
  yahoo: [
    'com',
    'co.uk',
    'co.in',
    'co.jp',
    'fr',
    'de',
    'es',
    'it',
    'ca',
    'com.br',
    'com.mx',
    'com.ar',
    'com.au',
    'in',
    'ie',
  ],
  icloud: ['com'],
  live: ['com', 'co.uk', 'fr', 'de', 'it', 'nl', 'ca', 'com.mx', 'com.pt'],
  msn: ['com'],
  aol: ['com', 'de', 'co.uk', 'fr'],
  protonmail: ['com', 'ch'],
  comcast: ['net'],
  verizon: ['net'],
  gmx: ['de', 'net', 'at', 'ch', 'com'],
  web: ['de'],
  't-online': ['de'],
  freenet: ['de'],
  libero: ['it'],
  orange: ['fr', 'es'],
  wanadoo: ['fr'],
};
/** They look like one of the above and are others. */
const OTHERS = new Set(
  'mail email ymail fmail qmail hmail webmail live love line me att aim'.split(' '),
);
/** What is typed and heard for "com". */
const NEARLY_COM = new Set('con cm om co comm cim vom xom cpm c0m ocm coom cmo kom cop'.split(' '));
/** What is heard for their names. */
const HEARD: Record<string, string> = {
  geemail: 'gmail',
  jeemail: 'gmail',
  hotmale: 'hotmail',
  eyecloud: 'icloud',
  teeonline: 't-online',
};
/** A name as short as this has too many neighbours. */
const FEWEST_LETTERS = 5;
/** Of a name as long as this two letters may be wrong. */
const LONG = 7;

/**
 * The address that was probably meant, where its domain is nearly one that many people have:
 * "gmail.con", "hotmial.com", "gmail". It is offered to the caller and never used unasked.
 *
 * @returns null where nothing is to be offered
 */
export function likelyAddress(address: string): string | null {
  const at = address.lastIndexOf('@');
  if (at < 1) return null;
  const domain = likelyDomain(address.slice(at + 1).toLowerCase());
  return domain === null ? null : `${address.slice(0, at + 1)}${domain}`;
}

function likelyDomain(domain: string): string | null {
  const [label = '', ...rest] = domain.split('.');
  const end = rest.join('.');
  const known = Object.hasOwn(PROVIDERS, label) ? label : nearest(label);
  const ends = known === undefined ? [] : (PROVIDERS[known] ?? []);
  if (known === undefined || (known === label && ends.includes(end))) return null;
  if (ends.includes(end)) return `${known}.${end}`;
  const [likely] = ends;
  const isNearly = end === '' || (likely === 'com' && NEARLY_COM.has(end));
  return isNearly ? `${known}.${likely}` : null;
}

function nearest(label: string): string | undefined {
  if (OTHERS.has(label)) return undefined;
  if (Object.hasOwn(HEARD, label)) return HEARD[label];
  const [best] = Object.keys(PROVIDERS)
    .filter((name) => name.length >= FEWEST_LETTERS)
    .map((name) => ({ name, apart: distance(label, name) }))
    .filter(({ name, apart }) => apart <= (name.length >= LONG ? 2 : 1))
    .toSorted((a, b) => a.apart - b.apart);
  return best?.name;
}
