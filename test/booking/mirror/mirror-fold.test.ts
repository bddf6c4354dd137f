import { describe, expect, test } from 'vitest';
import { foldNews } from '../../../booking/mirror/mirror-fold.ts';
import type { BookingNews } from '../../../calendar/calendar.ts';

const instant = new Date('2026-11-20T20:00:00Z');
const ada = { name: 'Ada', email: 'ada@example.com', phone: null, timeZone: 'UTC' };

function news(uid: string, more: Partial<BookingNews> = {}): BookingNews {
  return { uid, changedAt: instant, ...more };
}

function fold(...all: [BookingNews, ...BookingNews[]]) {
  return foldNews(all);
}

function orders<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, at) =>
    orders(items.filter((_, index) => index !== at)).map((rest) => [item, ...rest]),
  );
}

describe('foldNews', () => {
  test('says the same of the same news in all of their 120 orders', () => {
    const all = [
      news('u1', {
        status: 'pending',
        title: 'one',
        attendees: [{ ...ada, phone: '+14155552671' }],
      }),
      news('u1', { status: 'confirmed', notes: 'Window seat.' }),
      news('u2', { previousUid: 'u1', status: 'confirmed', title: 'two', attendees: [ada] }),
      news('u3', { previousUid: 'u2', status: 'confirmed', notes: null }),
      news('u3', { status: 'cancelled', reason: 'ill' }),
    ];
    const folded = orders(all).map(([first = news('x'), ...rest]) => fold(first, ...rest));
    expect(folded).toHaveLength(120);
    for (const one of folded) {
      expect({ ...one, uids: one.uids.sort() }).toEqual({
        root: 'u1',
        rootIsHearsay: false,
        uids: ['u1', 'u2', 'u3'],
        news: {
          uid: 'u3',
          previousUid: 'u2',
          changedAt: instant,
          status: 'cancelled',
          reason: 'ill',
          title: 'two',
          notes: 'Window seat.',
          attendees: [{ ...ada, phone: '+14155552671' }],
        },
      });
    }
  });

  test('lets a later name win, even where the clocks say otherwise', () => {
    const early = new Date('2026-11-20T19:59:59Z');
    const { news: told } = fold(
      news('u1', { status: 'confirmed', title: 'old' }),
      news('u2', { previousUid: 'u1', changedAt: early, status: 'confirmed', title: 'new' }),
    );
    expect(told).toMatchObject({ uid: 'u2', title: 'new', changedAt: instant });
  });

  test('keeps a booking ended under the name that it ended with, and no longer', () => {
    const later = new Date('2026-11-20T20:00:09Z');
    const ended = news('u1', { status: 'cancelled' });
    expect(fold(ended, news('u1', { status: 'confirmed', changedAt: later })).news.status).toBe(
      'cancelled',
    );
    expect(fold(ended, news('u2', { previousUid: 'u1', status: 'confirmed' })).news.status).toBe(
      'confirmed',
    );
  });

  test('knows when a first name is only hearsay', () => {
    expect(fold(news('u3', { previousUid: 'u2' }))).toMatchObject({
      root: 'u2',
      rootIsHearsay: true,
    });
    expect(fold(news('u1'))).toMatchObject({ root: 'u1', rootIsHearsay: false });
  });

  test('ends where names go round in a circle', () => {
    expect(
      fold(news('u1', { previousUid: 'u2' }), news('u2', { previousUid: 'u1' })).uids,
    ).toHaveLength(2);
  });
});
