import { describe, expect, it } from 'vitest';
import {
  mayHearPassword,
  readServerAddress,
  secureUrl,
} from '../../../calendar/caldav/server-address.ts';

describe('the address of a CalDAV server', () => {
  it.each([
    ['caldav.icloud.com', 'https://caldav.icloud.com/'],
    [' https://cloud.example.com/remote.php/dav ', 'https://cloud.example.com/remote.php/dav'],
    ['posteo.de:8443', 'https://posteo.de:8443/'],
    ['http://127.0.0.1:5232/alice/', 'http://127.0.0.1:5232/alice/'],
  ])('%s is read', (given, href) => {
    expect(String(readServerAddress(given))).toBe(href);
  });

  it.each([
    ['http://cloud.example.com/', 'https://'],
    ['webcal://example.com/feed', 'subscribe'],
    ['https://example.com/calendar.ics', 'subscribe'],
    ['https://alice:secret@example.com/', 'the address alone'],
    ['https://apidata.googleusercontent.com/caldav/v2/a/events', 'Google'],
    ['https://www.google.com/calendar/dav/a/user', 'Google'],
    ['ftp://example.com/', 'must be the address'],
    ['', 'must be the address'],
  ])('%s is refused in words', (given, words) => {
    expect(readServerAddress(given)).toContain(words);
  });
});

describe('a password', () => {
  it.each([
    ['https://caldav.icloud.com/', 'https://p42-caldav.icloud.com/1/', true],
    ['https://example.com/', 'https://dav.example.com/', true],
    ['https://dav.example.com/', 'https://dav.example.com:8443/', true],
    ['https://caldav.icloud.com/', 'https://icloud.com.evil.example/', false],
    ['https://caldav.icloud.com/', 'http://caldav.icloud.com/', false],
    ['https://example.com/', 'https://example.org/', false],
    ['https://shop.co.uk/', 'https://evil.co.uk/', false],
    ['https://shop.com/', 'https://evil.com/', false],
    ['https://10.0.0.1/', 'https://11.0.0.1/', false],
    ['http://127.0.0.1:1/', 'http://127.0.0.1:2/', true],
    ['http://127.0.0.1:1/', 'https://example.com/', false],
    ['https://example.com/', 'http://localhost/', false],
  ])('meant for %s: to %s %s', (meant, url, may) => {
    expect(mayHearPassword(new URL(meant), new URL(url))).toBe(may);
  });

  it('goes on by https where a server sends on to http', () => {
    const base = new URL('https://dav.example.com/');
    expect(secureUrl('http://dav.example.com/dav/', base)?.href).toBe(
      'https://dav.example.com/dav/',
    );
    expect(secureUrl('/dav/', base)?.href).toBe('https://dav.example.com/dav/');
  });
});
