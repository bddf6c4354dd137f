import type { Rules } from './rules.ts';

/** What is said by phone alone: who wants a person, another number, or to leave a message. */
export const phoneRules: Rules = {
  person_wish:
    '/4/ (can i | could i | i want to | i would like to | may i | i need to) (speak | talk) (to | with) <some_person> [<please>] | /1/ (speak | talk) to <some_person> [<please>] | /1/ put me through [to <some_person>] [<please>] | /0.5/ operator [<please>]',
  some_person: '/3/ a person | /2/ a human | /2/ a real person | /2/ someone | /1/ somebody',
  leave_message:
    '(can i | could i | i want to | i would like to | may i) leave a message [<please>] | please take a message',
  other_number:
    '[no] [please] (use | take) (another | a different) number [<please>] | [no] (another | a different) number [<please>] | no not (this | that) number',
  message_text:
    '/6/ <call_back> | /4/ i have a question about <message_subject> | /3/ i (will | may) be <how_late> | /2/ please tell (the doctor | them | him | her) [that] i called | /2/ i need (a prescription | my results | a refill | to cancel <message_subject>) | /1/ it is about <message_subject>',
  call_back:
    '[please] (call | phone) me [back] [/4/ <weekday> | /6/ tomorrow | /3/ today] [/4/ [in the] <part_of_day>] [<please>]',
  message_subject:
    'my appointment | my bill | my prescription | my results | an invoice | the opening hours',
  how_late: '[a bit | a little | ten minutes | fifteen minutes] late',
  digits: '[<number_lead>] <digit> <digit> <digit> <digit> <digit> <digit> <digit>+',
  number_lead: 'it is | my number is | the number is',
};
