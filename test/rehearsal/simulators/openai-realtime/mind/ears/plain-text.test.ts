import { describe, expect, it } from 'vitest';
import { plainText } from '../../../../../../rehearsal/simulators/openai-realtime/mind/ears/plain-text.ts';

const free = { spelled: null };

describe('what was heard, as callers say it', () => {
  it.each([
    ['Please cancel my appointment for to-morrow', 'Please cancel my appointment for tomorrow'],
    ['I would like an appointment,', 'I would like an appointment'],
    ['Is there anything to-day?', 'Is there anything today?'],
    ['That was all, thank you, good-bye.', 'That was all, thank you, goodbye.'],
    ['Thank you. Good-by.', 'Thank you. goodbye.'],
    [
      'Do you have an opening around half-past two?',
      'Do you have an opening around half past two?',
    ],
    ['Ten-fifteen works for me.', 'Ten fifteen works for me.'],
    ['Half passed three, please.', 'Half past three, please.'],
    ['A quarter passed nine.', 'A quarter past nine.'],
    ['Nine at M.', 'Nine a m'],
    ["At 10 o'm, please.", 'At 10 a m, please.'],
    ['At 2 p-m.', 'At 2 p m'],
    ['At 330, please.', 'At 3:30, please.'],
    ['1130 would be fine.', '11:30 would be fine.'],
    ['After 300, please.', 'After 3:00, please.'],
    ['November twenty four', 'November twenty fourth'],
    ['On December the thirty-one.', 'On December thirty first.'],
    ['November twenty', 'November twentieth'],
    ['November twenty at two', 'November twentieth at two'],
    ['A quarter too four.', 'A quarter to four.'],
    ["At to o'clock.", "At two o'clock."],
    ['Half past for.', 'Half past four.'],
    ['Sunday at two thirty eight.', 'Sunday at two thirty a m.'],
    ['One is my appointment.', 'When is my appointment.'],
    ['For thirty works.', 'four thirty works.'],
    ['Can I come after to?', 'Can I come after two?'],
    ['"Tuesday afternoon."', 'Tuesday afternoon.'],
    ['Um, let me think, maybe, uh, Wednesday?', 'let me think, maybe, Wednesday?'],
  ])('makes of "%s" "%s"', (heard, text) => {
    expect(plainText(heard, free)).toBe(text);
  });

  it.each([
    'At 2 p.m. on the 24th',
    'I need it for Thursday.',
    "I'd like to come in for a check.",
    'At 2:30, please.',
    '3.30 is fine.',
    'My number is 212-555-0146.',
    'I live at number 330.',
    'Call me at 212 555 0146, please.',
    'It has 100 pages.',
    'For thirty people.',
    'For fifteen minutes, please.',
    'From two to thirty minutes.',
    'In 2026, please.',
    'November twenty fourth',
    'The twenty second of December',
    'Nine a.m.',
    'I have been there for two years.',
    'That works for me.',
    'One is fine.',
    'At two thirty eight people come.',
    "It's M-A-R-Y.",
    'My e-mail is mary.smith@example.com',
    "I'm looking forward to Tuesday.",
    "The doctor's office.",
    'Thank you.',
    'Thank you, you too.',
  ])('leaves "%s" as it is', (heard) => {
    expect(plainText(heard, free)).toBe(heard);
  });

  it.each([
    '',
    'You',
    'you.',
    'Thanks for watching!',
    'Thank you for watching.',
    'Thank you so much for watching!',
    '♪',
    '♪♪ (music)',
    '[BLANK_AUDIO]',
    '...',
    'Um.',
    'Please subscribe.',
  ])('takes "%s" for nothing', (heard) => {
    expect(plainText(heard, free)).toBe('');
  });

  it('ends an address as addresses end, where one was asked for', () => {
    const heard = 'M-A-R-Y dot S-M-I-T-H at example dot con.';
    expect(plainText(heard, { spelled: 'email' })).toBe(heard.replace('con', 'com'));
    expect(plainText('ann@example.calm', { spelled: 'email' })).toBe('ann@example.com');
    expect(plainText('mary at con dot example dot org', { spelled: 'email' })).toContain('con dot');
    expect(plainText('I live at dot come', { spelled: 'name' })).toContain('come');
  });

  it('takes no digits for a time where something is spelled', () => {
    expect(plainText('Mary 330 at example dot com', { spelled: 'email' })).toBe(
      'Mary 330 at example dot com',
    );
    expect(plainText('212 555 0146', { spelled: 'number' })).toBe('212 555 0146');
  });
});
