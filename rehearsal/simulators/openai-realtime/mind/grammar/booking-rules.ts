import type { Rules } from './rules.ts';

const APPOINTMENT =
  '/6/ an appointment | /0.5/ another appointment | /1/ a time | /1/ a slot | /1/ a visit | /1/ a meeting';

/** Wishes for an appointment, with or without a day; `kinds`: there are several to name. */
export const bookingRules = (kinds: boolean): Rules => ({
  please: 'please',
  hello: 'hi | hello | good morning | good afternoon | good evening',
  want: "i would like | i'd like | i want | i need | can i | could i | may i | i am looking | i'm looking | we would like | we need",
  appointment: `${kinds ? '/4/ (a | an) <kind> | ' : ''}${APPOINTMENT}`,
  to_book:
    'to book | to make | to schedule | to get | to have | book | make | schedule | get | have | for',
  booking:
    '/6/ <want> [<to_book>] <appointment> | /1/ <want> to come in | /1/ book me in | /1/ <want> to see (the doctor | a doctor | someone) | /1/ book <appointment> | /0.5/ <appointment>',
  ask_free:
    '/3/ do you have (anything | something) [free | available | open] | /2/ is there anything [free | available | open] | /2/ what do you have | /1/ is there <appointment> | /1/ do you have <appointment>',
  soonest:
    "/2/ as soon as possible | /3/ what is the (soonest | earliest | next) [available] [time | appointment] | /2/ [the] (soonest | earliest | next available | first available) [time | appointment] | /3/ any time | /2/ any day | /1/ anything | /2/ what do you have | /2/ when are you free | /1/ what times (do you have | are free | are available) | /1/ whatever (you have | is free) | /1/ i don't care | /1/ i am flexible",
  lead: "/6/ <booking> [for] | /2/ <ask_free> [for] | /4/ (what about | how about) | /1/ (can | could) i come [in] | /1/ are you (free | open) | /1/ is | /2/ <want> [to come in] | /2/ (maybe | let's say | i would prefer | i prefer | rather | for)",
  close:
    '/6/ <please> | /1/ (works | would work | would be good | would be great) [for me] | /1/ (free | available | possible)',
  wish: '[<lead>] <when> [<close>]',
  open_wish:
    '/6/ [<hello>] <booking> [<please>] | /3/ <soonest> [<please>] | /0.5/ <booking> <soonest>',
});
