import { createHash, randomBytes } from 'node:crypto';

/** What a server asks for, as far as it can be answered. */
interface Challenge {
  realm: string;
  nonce: string;
  opaque: string | undefined;
  /** Whether requests are counted (RFC 7616, 3.4); servers of RFC 2069 do not. */
  hasQuality: boolean;
  algorithm: 'SHA-256' | 'MD5';
  /** The algorithm as the server wrote it; undefined where it named none. */
  named: string | undefined;
  isStale: boolean;
}

/**
 * A name and a password as requests carry them: Basic (RFC 7617), and Digest (RFC 7616) where a server
 * has asked for that. Each host has a challenge of its own.
 */
export class Authorization {
  readonly #username: string;
  readonly #password: string;
  readonly #challenges = new Map<string, { challenge: Challenge; count: number }>();

  constructor(username: string, password: string) {
    this.#username = username;
    this.#password = password;
  }

  /** @param nonce the client's own; random unless given */
  header(method: string, url: URL, nonce = randomBytes(16).toString('hex')): string {
    const known = this.#challenges.get(url.origin);
    if (!known) {
      return `Basic ${Buffer.from(`${this.#username}:${this.#password}`).toString('base64')}`;
    }
    known.count += 1;
    return this.#digest(known.challenge, { method, url, nonce, count: known.count });
  }

  /**
   * Takes up what a refusal asks for.
   * @param asked its WWW-Authenticate
   * @param sent the header that was refused
   * @returns whether the request may be sent once more: where not, name or password are wrong
   */
  takeUp(asked: string | null, sent: string, { origin }: URL): boolean {
    const challenge = chooseChallenge(asked ?? '');
    if (!challenge) return false;
    if (sent.startsWith('Digest ') && !challenge.isStale) return false;
    this.#challenges.set(origin, { challenge, count: 0 });
    return true;
  }

  #digest(
    { realm, nonce, opaque, hasQuality, algorithm, named }: Challenge,
    request: { method: string; url: URL; nonce: string; count: number },
  ): string {
    const hash = (text: string) =>
      createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
        .update(text)
        .digest('hex');
    const { method, url } = request;
    const uri = url.pathname + url.search;
    const count = request.count.toString(16).padStart(8, '0');
    const who = hash(`${this.#username}:${realm}:${this.#password}`);
    const what = hash(`${method}:${uri}`);
    const quality = hasQuality ? [count, request.nonce, 'auth'] : [];
    const response = hash([who, nonce, ...quality, what].join(':'));
    const fields = [
      `username=${quoted(this.#username)}`,
      `realm=${quoted(realm)}`,
      `uri=${quoted(uri)}`,
      `nonce=${quoted(nonce)}`,
      ...(named === undefined ? [] : [`algorithm=${named}`]),
      ...(hasQuality ? [`nc=${count}`, `cnonce=${quoted(request.nonce)}`, 'qop=auth'] : []),
      `response=${quoted(response)}`,
      ...(opaque === undefined ? [] : [`opaque=${quoted(opaque)}`]),
    ];
    return `Digest ${fields.join(', ')}`;
  }
}

/** The strongest that can be answered. */
function chooseChallenge(header: string): Challenge | undefined {
  const all = readChallenges(header).flatMap((each) => toChallenge(each) ?? []);
  return all.find(({ algorithm }) => algorithm === 'SHA-256') ?? all[0];
}

function toChallenge({ scheme, parameters }: Asked): Challenge | null {
  const [realm, nonce] = [parameters.get('realm'), parameters.get('nonce')];
  if (scheme !== 'digest' || realm === undefined || nonce === undefined) return null;
  const named = parameters.get('algorithm');
  const algorithm = (named ?? 'MD5').toUpperCase();
  if (algorithm !== 'MD5' && algorithm !== 'SHA-256') return null;
  const qualities = parameters
    .get('qop')
    ?.split(',')
    .map((each) => each.trim());
  if (qualities && !qualities.includes('auth')) return null;
  return {
    realm,
    nonce,
    opaque: parameters.get('opaque'),
    hasQuality: qualities !== undefined,
    algorithm,
    named,
    isStale: parameters.get('stale')?.toLowerCase() === 'true',
  };
}

interface Asked {
  scheme: string;
  parameters: Map<string, string>;
}

/**
 * A parameter; or a scheme, which no "=" follows. Neither is looked for within a word: of a header that
 * is one long word that would be asked for each of its letters, and everybody waits meanwhile.
 */
const PART = /(?<![\w-])(?:([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))|([A-Za-z][\w-]*))/g;

/** Several challenges may stand in one header, with commas between them as between their parameters. */
function readChallenges(header: string): Asked[] {
  const challenges: Asked[] = [];
  for (const [, name, inQuotes, bare, scheme] of header.matchAll(PART)) {
    if (scheme !== undefined) {
      challenges.push({ scheme: scheme.toLowerCase(), parameters: new Map() });
    } else if (name !== undefined) {
      const value = inQuotes?.replaceAll(/\\(.)/g, '$1') ?? bare ?? '';
      challenges.at(-1)?.parameters.set(name.toLowerCase(), value);
    }
  }
  return challenges;
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
