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
/** Ends that no domain has, and what they are slips of: "acme.con", "libero.ti". */
const NO_END: ReadonlyMap<string, string> = new Map([
  ...'con comm cim vom xom cpm c0m ocm coom cmo kom cop'
    .split(' ')
    .map((end) => [end, 'com'] as const),
  ['nte', 'net'],
  ['ogr', 'org'],
  ['ed', 'de'],
  ['ti', 'it'],
  ['rf', 'fr'],
]);
/** Providers that have one domain, whatever country is put behind it. */
const ONE_DOMAIN = new Set(['gmail', 'icloud']);
/** What is heard for their names. */
const HEARD: Record<string, string> = {
  geemail: 'gmail',
  jeemail: 'gmail',
  hotmale: 'hotmail',
  eyecloud: 'icloud',
  teeonline: 't-online',
};
/** "gmailcom", where the dot went missing. */
const GLUED: ReadonlyMap<string, string> = new Map(
  Object.entries(PROVIDERS).flatMap(([name, ends]) =>
    ends.map((end) => [`${name}${end.replaceAll('.', '')}`, `${name}.${end}`] as const),
  ),
);
/** A name as short as this has too many neighbours. */
const FEWEST_LETTERS = 5;
/** Of a name as long as this two letters may be wrong. */
const LONG = 7;

/**
 * The address that was probably meant, where its domain is nearly one that many people have:
 * "gmail.con", "hotmial.com", "gmail", "gmailcom". It is offered to the caller and never used unasked.
 *
 * @returns null where nothing is to be offered
 */
export function likelyAddress(address: string): string | null {
  const at = address.lastIndexOf('@');
  if (at < 1) return null;
  const given = address.slice(at + 1).toLowerCase();
  const tidy = withDots(given);
  const domain = likelyDomain(tidy) ?? (tidy === given || !tidy.includes('.') ? null : tidy);
  return domain === null ? null : `${address.slice(0, at + 1)}${domain}`;
}

function likelyDomain(domain: string): string | null {
  const [label = '', ...rest] = domain.split('.');
  const end = rest.join('.');
  if (end === '' && GLUED.has(domain)) return GLUED.get(domain) ?? null;
  const known = Object.hasOwn(PROVIDERS, label) ? label : nearest(label);
  const ends = known === undefined ? [] : (PROVIDERS[known] ?? []);
  if (known === label && ends.includes(end)) return null;
  if (known === undefined || !isEndOfProvider(rest)) return withRealEnd(domain);
  if (ends.includes(end)) return `${known}.${end}`;
  const [likely] = ends;
  const isNearly = end === '' || (likely === 'com' && NEARLY_COM.has(end)) || ONE_DOMAIN.has(known);
  return isNearly ? `${known}.${likely}` : withRealEnd(`${known}.${end}`);
}

/** "gmail.com", "gmail.co.uk", "gmail"; the "example.com" of "gmail.example.com" is none. */
function isEndOfProvider([first = '', ...others]: readonly string[]): boolean {
  return others.length === 0 || (others.length === 1 && /^com?$/.test(first));
}

function withRealEnd(domain: string): string | null {
  const last = domain.lastIndexOf('.');
  const end = NO_END.get(domain.slice(last + 1));
  return last > 0 && end !== undefined ? `${domain.slice(0, last)}.${end}` : null;
}

/** Commas, spaces, and dots that stand twice, at the end or in an end that was said twice, are slips. */
function withDots(domain: string): string {
  return domain
    .trim()
    .replaceAll(/[\s,;]*[.,;\s][\s,;.]*/g, '.')
    .replaceAll(/^\.|\.$/g, '')
    .replace(/(\.com)\1+$/, '$1');
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
