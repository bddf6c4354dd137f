import { calendarDay, type CalendarDay } from '../placing/local-instants.ts';
import { rules } from './symbols.ts';

type Holiday = (year: number) => CalendarDay;

const on =
  (month: number, day: number): Holiday =>
  (year) =>
    calendarDay(year, month, day);

/** The nth such weekday of a month; -1 for the last. */
const nth =
  (month: number, weekday: number, place: number): Holiday =>
  (year) => {
    const first = calendarDay(year, month, 1);
    // The last one is the one before the first of the month after.
    const edge = place < 0 ? first.plus({ months: 1 }) : first;
    const ahead = { days: (weekday - edge.weekday + 7) % 7 };
    return edge.plus(ahead).plus({ weeks: place < 0 ? place : place - 1 });
  };

const after =
  (holiday: Holiday, days: number): Holiday =>
  (year) =>
    holiday(year).plus({ days });

/** Western Easter by the anonymous Gregorian computus. */
const easter: Holiday = (year) => {
  const a = year % 19;
  const [b, c] = [Math.floor(year / 100), year % 100];
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const days = h + l - 7 * m + 114;
  return calendarDay(year, Math.floor(days / 31), (days % 31) + 1);
};
const thanksgiving = nth(11, 4, 4);

/** Public and popular holidays of the United States, with the names that callers give them. */
const HOLIDAYS: readonly (readonly [names: string, on: Holiday])[] = [
  ['new_years_day|new_years|the_new_year|new_year|new_year_day', on(1, 1)],
  [
    `martin_luther_king_day|martin_luther_king_jr_day|martin_luther_king_junior_day|
      martin_luther_kings_day|mlk_day|mlk`,
    nth(1, 1, 3),
  ],
  ['groundhog_day|groundhogs_day', on(2, 2)],
  ['valentines_day|valentines|valentine_day', on(2, 14)],
  ['presidents_day|president_day|washingtons_birthday', nth(2, 1, 3)],
  ['ash_wednesday', after(easter, -46)],
  ['fat_tuesday|shrove_tuesday|mardi_gras', after(easter, -47)],
  ['st_patricks_day|saint_patricks_day|st_paddys_day|st_patrick_day', on(3, 17)],
  ['april_fools_day|april_fools|april_fool_day', on(4, 1)],
  ['palm_sunday', after(easter, -7)],
  ['maundy_thursday', after(easter, -3)],
  ['good_friday', after(easter, -2)],
  ['holy_saturday', after(easter, -1)],
  ['easter|easter_sunday|easter_day', easter],
  ['easter_monday', after(easter, 1)],
  ['pentecost|whit_sunday', after(easter, 49)],
  ['earth_day', on(4, 22)],
  ['tax_day', on(4, 15)],
  ['cinco_de_mayo', on(5, 5)],
  ['mothers_day|mother_day', nth(5, 7, 2)],
  ['memorial_day', nth(5, 1, -1)],
  ['flag_day', on(6, 14)],
  ['fathers_day|father_day', nth(6, 7, 3)],
  ['juneteenth', on(6, 19)],
  [
    `independence_day|the_fourth_of_july|the_4th_of_july|fourth_of_july|4th_of_july|july_fourth|
      july_4th`,
    on(7, 4),
  ],
  ['labor_day|labour_day', nth(9, 1, 1)],
  ['patriot_day', on(9, 11)],
  ['columbus_day|indigenous_peoples_day|indigenous_people_day', nth(10, 1, 2)],
  ['halloween|hallowen', on(10, 31)],
  ['all_saints_day', on(11, 1)],
  ['all_souls_day', on(11, 2)],
  ['veterans_day|veteran_day|armistice_day', on(11, 11)],
  ['election_day', after(nth(11, 1, 1), 1)],
  ['thanksgiving|thanksgiving_day|turkey_day', thanksgiving],
  ['black_friday', after(thanksgiving, 1)],
  ['cyber_monday', after(thanksgiving, 4)],
  ['giving_tuesday', after(thanksgiving, 5)],
  ['christmas_eve|xmas_eve', on(12, 24)],
  ['christmas|christmas_day|xmas|xmas_day', on(12, 25)],
  ['boxing_day', on(12, 26)],
  ['kwanzaa', on(12, 26)],
  ['new_years_eve|new_year_eve|nye', on(12, 31)],
];

/** "Sounds good friday then" is no Good Friday. */
const PRAISES = /^(?:sounds?|is|be|looks?|very|for|works|all|thats|its|no|seems)$/;

export const HOLIDAY_RULES = HOLIDAYS.flatMap(([names, holiday]) =>
  rules({
    [names]: (match) => (names.startsWith('good') && PRAISES.test(match.word(-1)) ? null : holiday),
  }),
);
