import { ANCHOR } from './scan-rule.ts';
import { POLITE_NEGATIONS, SMALL_TALK } from './small-talk.ts';
import { numbersAsDigits } from './spoken-numbers.ts';

const MONTHS =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)';
const WEEKDAYS =
  '(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)';

/** What "at the latest" may stand behind. */
const LIMITED = `(?:\\d{1,2}(?::\\d\\d)?(?: (?:am|pm))?|noon|(?:next |this )?${WEEKDAYS}|tomorrow)`;

/** A word that scan-refusals.ts asks about: what stood here cannot be told. */
const ASKED_ABOUT = 'unless';

/** Rewrites, in this order, after numbers are digits. */
const REWRITES: readonly (readonly [RegExp, string])[] = [
  // A zone that is spelled out, before its letters are taken for "p.m.".
  [/\b([ecmpb]|ae) ?([sd]) t\b/g, '$1$2t'],
  [/(\d) ?([ap])\.? ?m\b\.?/g, '$1 $2m'],
  [/(\d) ?([ap])\b(?!\w)/g, '$1 $2m'],
  [/\b(\d{1,2})(\d{2}) (am|pm)\b/g, '$1:$2 $3'],
  [
    /(?<![-/.:\d]|\b(?:in|of|year) )(?!20[2-4]\d)([01]\d|2[0-3])([0-5]\d)\b(?![-/.:])(?: hours| hrs)?/g,
    '$1:$2',
  ],
  [/\b(at|after|before|until|around|from|by) ([1-9])([0-5]\d)\b(?![-/.:])/g, '$1 $2:$3'],
  [/\b(\d{1,2})\.([0-5]\d)\b(?!\.)/g, '$1:$2'],
  [/\b(\d{1,2}) ?(?:ish|or so|or thereabouts)\b/g, 'around $1'],
  [/\b(\d{1,2}:\d\d|noon|lunchtime) ?(?:ish|or so|or thereabouts)\b/g, 'around $1'],
  [/\b(\d{1,2}(?::\d\d)? (?:am|pm)) (?:ish|or so|or thereabouts)\b/g, 'around $1'],
  [/\b(?:how|what) about\b/g, ' , '],
  [/\b(tomorrow or the )(?:day after|next day)(?! tomorrow)/g, '$1day after tomorrow'],
  [/(\d) maybe (?=\d)/g, '$1 or '],
  [/\bmid(morning|afternoon)\b/g, 'mid $1'],
  [/\b(?:(?:a|1) )?fortnights? time\b/g, '2 weeks time'],
  [/\b(?:a|an|1) (week|month|year|hour)s time\b/g, '1 $1 time'],
  [/\bthis or next (?=(\w+))/g, 'this $1 or next '],
  [/\bthis (\w+) or next\b(?! \w*(?:day|week|weekend|month)\b)/g, 'this $1 or next $1'],
  [
    new RegExp(
      `\\b(next week(?: ,)?(?: (?:or|no|and|but|maybe|wait|actually|sorry)){0,2}(?: (?:on )?${WEEKDAYS})?) (?:the )?week after(?! (?:next|that|${ANCHOR}))`,
      'g',
    ),
    '$1 , week after next',
  ],
  // "Move it from thursday to friday" wants Friday, no stretch of days.
  [
    /\b((?:move|change|reschedule|switch|push|shift)\w?(?: \w+){0,4}?) from (?:[\w:]+ ){1,6}?to\b/g,
    '$1',
  ],
  // A quarter of the world hears 8:55, the rest from five on.
  [
    /(?<!\b(?:from|between|at|about|around) )\b5 to (?:[6-9]|1[0-2])\b(?!:| ?(?:am|pm|oclock|th\b|days|weeks|months|hours|minutes|people))/g,
    ASKED_ABOUT,
  ],
  [/\bhalf(?: an|a)? hour\b/g, '30 minutes'],
  [/\b(?:a|an|1) (week|day|month|hour) and a half\b/g, '1 $1 and a half'],
  [/\b1 hour and a half\b/g, '90 minutes'],
  [/\b(\d+) and a half hours\b/g, '$1 hours 30 minutes'],
  [/\ba (?:couple(?: of)?) (?=days|weeks|months|hours)/g, '2 '],
  [/\b(?:a )?(?:few|several) (?=days|weeks|months|hours|minutes)/g, 'few '],
  [/\b(?:a|an) (?=(?:week|day|month|hour|year|fortnight|minute)\b)/g, '1 '],
  [/\b(?:in )?1 (day|week|month) or 2\b/g, 'in 1 or 2 $1s'],
  [/\b(?:1 )?fortnight\b/g, '2 weeks'],
  [/\b(\d{1,2}|1) weeks? (today|tomorrow)\b/g, '$1 weeks from $2'],
  [/\btomorrow week\b/g, '1 week from tomorrow'],
  [new RegExp(`(?<!\\d )\\bweek from (?=${WEEKDAYS}\\b|today|tomorrow)`, 'g'), '1 week from '],
  [/\bquarter of an hour\b/g, '15 minutes'],
  [new RegExp(`\\b(${MONTHS}),? the (?=\\d)`, 'g'), '$1 '],
  [new RegExp(`\\b(${MONTHS})\\.? (\\d)`, 'g'), '$1 $2'],
  [/\bthe (?=\d{1,2}(?:st|nd|rd|th)\b)/g, ''],
  [
    new RegExp(
      `\\b(early|late|mid) (?:on )?((?:next |this )?(?:${WEEKDAYS}|tomorrow)) (morning|afternoon|evening)`,
      'g',
    ),
    '$2 $1 $3',
  ],
  [
    new RegExp(`(?<!\\btoo )\\bearly (?:on )?((?:next |this )?(?:${WEEKDAYS}|tomorrow))\\b`, 'g'),
    '$1 morning',
  ],
  [
    new RegExp(`(?<!\\btoo )\\blate (?:on )?((?:next |this )?(?:${WEEKDAYS}|tomorrow))\\b`, 'g'),
    '$1 late afternoon',
  ],
  [
    /\b(?:by|before|until) (?:the )?(?:end of (?:the )?(?:business )?day|close of business|cob|eod)(?: on| of)? (?=\w)/g,
    'by ',
  ],
  // Whoever works until five is free from then on: "i work until", "a meeting until".
  [
    /\b(?:work(?:ing)?|shift|meeting|class(?:es)?|school|lessons?|conference|training|surgery|wait|gone) (?:until|till|til)\b/g,
    'not until',
  ],
  // "It doesn't have to be tuesday" neither wants nor refuses it.
  [/\b(?:doesnt|does not|dont|do not) (?:have|need) to\b/g, ASKED_ABOUT],
  [/\bcant not until\b/g, ASKED_ABOUT],
  [
    /\b(?:dont|doesnt|wont|not)(?: (?:finish|get|off|leave|stop|done|be|with)){0,3} not until\b/g,
    'not until',
  ],
  [
    /\b(?:(?:be )?able|want|going|need|have|like|love|prefer) to (?=[a-z])(?!work|suit|fit|be )/g,
    ' ',
  ],
  [
    /\b(?:and |or )?if (?:not|(?:that|it|this|those|they) (?:doesnt|dont|isnt|wont|cant)(?: be)?(?: work| do| good| possible| suit)?)\b(?! for)/g,
    'or',
  ],
  [/\blatest (?=\d)/g, 'by '],
  [new RegExp(`\\b(${LIMITED}),? (?:at )?(?:the )?(?:very )?latest\\b`, 'g'), 'by $1'],
  [new RegExp(`\\b(${LIMITED}),? at (?:the )?(?:very )?earliest\\b`, 'g'), 'from $1'],
  [/\bon or after\b/g, 'from'],
  [/\bon or before\b/g, 'by'],
  [/\bbefore (?=(?:the )?end of (?!(?:the )?(?:business |working |work )?day))/g, 'by '],
  [/\b(?:the )?week (?:beginning|starting|commencing)(?: on)?\b/g, 'the week of'],
  [/\b(?:no|not)(?: any)? (?:later|after) than\b/g, 'by'],
  [/\b(?:no|not) (?:earlier|sooner|before) than\b/g, 'from'],
];

/**
 * Brings typed and recognised speech to one form: lower case, digits for numbers, "2:30 pm" for
 * every spelling of it, "half past two" as "2:30", commas as words of their own, other marks gone.
 */
export function normalisePhrase(phrase: string): string {
  let text = phrase
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
  text = text
    .replace(/(\w)[’']s (?=(?:not|no good|bad|out|full|impossible|too)\b)/g, '$1 is ')
    .replace(/[’'`´]/g, '')
    .replace(/[–—−]/g, ' - ')
    .replace(/@/g, ' at ')
    .replace(/&/g, ' and ')
    .replace(/\bo clock\b/g, 'oclock')
    .replace(
      /\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirty)ish\b/g,
      '$1 ish',
    )
    .replace(/\b([ap])\. ?m\b\.?/g, '$1m')
    .replace(/(\d{4}-\d{2}-\d{2})t(\d\d:\d\d)(?::\d\d)?/g, '$1 $2')
    .replace(new RegExp(`\\b(${WEEKDAYS}|${MONTHS})\\.`, 'g'), '$1')
    .replace(/[!?;\n]|\.(?!\d)|:(?!\d)/g, ' , ')
    .replace(/,(?!\d{3}\b)|,(?=\d{4}\b)/g, ' , ')
    .replace(new RegExp(`\\b(${WEEKDAYS}) ?/ ?(?=${WEEKDAYS}\\b)`, 'g'), '$1 or ')
    .replace(/[^a-z0-9:,./\s-]/g, ' ');
  text = spaceHyphens(text).replace(/\s+/g, ' ').trim();
  text = numbersAsDigits(text.split(' ').filter((word) => word !== '')).join(' ');
  for (const pattern of POLITE_NEGATIONS) text = text.replace(pattern, ' ');
  for (const [pattern, replacement] of REWRITES) text = text.replace(pattern, replacement);
  text = clockWords(text);
  for (const pattern of SMALL_TALK) text = text.replace(pattern, ' ');
  return text
    .replace(/\s+/g, ' ')
    .replace(/(?:, ?)+/g, ', ')
    .replace(/ ?, /g, ' , ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Keeps the hyphens of dates, reads those between numbers and days as "to", drops the others. */
function spaceHyphens(text: string): string {
  const days = new RegExp(`\\b(${WEEKDAYS}) ?- ?(?=${WEEKDAYS}\\b)`, 'g');
  return text
    .split(/\s+/)
    .map((word) => {
      if (word === '-') return word;
      if (/^\d{4}-\d{1,2}-\d{1,2}$|^\d{1,2}-\d{1,2}-\d{2,4}$/.test(word)) return word;
      return word
        .replace(days, '$1 - ')
        .replace(/(\d(?:am|pm|st|nd|rd|th)?)-(?=\d)/g, '$1 - ')
        .replaceAll(/(\w)-(?=\w)/g, '$1 ')
        .replace(/^-|-$/g, ' ');
    })
    .join(' ');
}

/** "half past 2" → "2:30", "quarter to 4" → "3:45", "20 to 5" → "4:40"; "10 to 12" is a range. */
function clockWords(text: string): string {
  return text
    .replace(/\bhalf (?:past |after )?(\d{1,2})\b(?!:)/g, (_, hour: string) =>
      clock(Number(hour), 30),
    )
    .replace(/\b(?:a )?quarter (?:past|after) (\d{1,2}|noon|midnight)\b/g, (_, hour: string) =>
      clock(named(hour), 15),
    )
    .replace(
      /\b(?:a )?quarter (?:to|of|til|till|before) (\d{1,2}|noon|midnight)\b/g,
      (_, hour: string) => clock(named(hour), -15),
    )
    .replace(
      /\b(?:(\d{1,2}) minutes?|(5|10|20|25)) (?:past|after) (\d{1,2}|noon|midnight)\b(?!:)/g,
      (_, minutes: string | undefined, five: string, hour: string) =>
        clock(named(hour), Number(minutes ?? five)),
    )
    .replace(
      /\b(\d{1,2}) minutes? (?:to|til|till|before) (\d{1,2}|noon|midnight)\b(?!:)/g,
      (_, minutes: string, hour: string) => clock(named(hour), -Number(minutes)),
    )
    .replace(
      /\b(20|25) (?:to|til|till) (\d{1,2})\b(?!:|st|nd|rd|th)/g,
      (_, minutes: string, hour: string) => clock(Number(hour), -Number(minutes)),
    )
    .replace(
      /\bat (5|10) (?:to|til|till) (\d{1,2})\b(?!:)/g,
      (_, minutes: string, hour: string) => `at ${clock(Number(hour), -Number(minutes))}`,
    );
}

function named(hour: string): number {
  if (hour === 'noon') return 12;
  return hour === 'midnight' ? 0 : Number(hour);
}

function clock(hour: number, minutes: number): string {
  if (hour > 24) return `${hour} ${minutes}`;
  const total = (((hour * 60 + minutes) % 1440) + 1440) % 1440;
  const shown = Math.floor(total / 60);
  // "Quarter to one" is 12:45 whichever half of the day; only a 24-hour hour stays above twelve.
  const spoken = hour >= 1 && hour <= 12 && shown === 0 ? 12 : shown;
  return `${spoken}:${String(total % 60).padStart(2, '0')}`;
}
