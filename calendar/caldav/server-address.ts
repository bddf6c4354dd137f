import { isLoopback } from '../../runtime/loopback.ts';

/**
 * What a person pastes as the address of a calendar server, as a URL.
 * @returns a sentence where it cannot be one, to be read after the setting's name
 */
export function readServerAddress(given: string): URL | string {
  const text = given.trim();
  if (/^webcals?:/i.test(text) || /\.ics([?#]|$)/i.test(text)) {
    return 'is the address of a calendar to subscribe to, which nobody can book into: give that of the CalDAV server';
  }
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    return 'must be the address of a CalDAV server, such as https://caldav.example.com/';
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    return 'must be the address alone, without a user or password, a "?" or a "#"';
  }
  if (url.protocol !== 'https:' && !isLoopback(url.hostname)) {
    return 'must begin with https://: the password would be sent in clear';
  }
  if (/(^|\.)(google|googleusercontent|googleapis)\.com$/i.test(url.hostname)) {
    return 'is Google, which takes no password here: choose Google as the provider, and sign in there';
  }
  return url;
}

/**
 * Whether a password that was meant for one host may be sent to another: the same host, one below it,
 * or one beside it under the same domain, as iCloud names the host of an account (p42-caldav.icloud.com).
 */
export function mayHearPassword(meant: URL, url: URL): boolean {
  if (url.protocol !== 'https:' && !isLoopback(url.hostname)) return false;
  const typed = meant.hostname.toLowerCase();
  const host = url.hostname.toLowerCase();
  if (isLoopback(typed) || isLoopback(host)) return host === typed;
  if (host === typed || host.endsWith(`.${typed}`)) return true;
  const domain = typed.split('.').slice(1).join('.');
  return isDomainOfOne(domain) && (host === domain || host.endsWith(`.${domain}`));
}

/** Under a registry's own domain, such as co.uk, hosts have nothing to do with each other. */
function isDomainOfOne(domain: string): boolean {
  const labels = domain.split('.');
  // An IPv4 address without its first number is no domain.
  if (labels.length < 2 || labels.every((label) => /^\d*$/.test(label))) return false;
  return !REGISTRY.test(domain);
}

const REGISTRY = /^(ac|co|com|edu|go|gob|gov|ne|net|nom|or|org|web)\.[a-z]{2}$/;

/** An address that a server names, with the password as safe as before: http where https was meant becomes that. */
export function secureUrl(named: string, base: URL): URL | null {
  const url = URL.parse(named, base.href);
  if (!url) return null;
  if (url.protocol === 'http:' && base.protocol === 'https:') {
    url.protocol = 'https:';
    if (url.port === '80') url.port = '';
  }
  return url;
}
