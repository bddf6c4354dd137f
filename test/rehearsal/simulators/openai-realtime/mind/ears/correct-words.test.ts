import { beforeAll, describe, expect, it } from 'vitest';
import {
  createCorrection,
  type Correct,
} from '../../../../../../rehearsal/simulators/openai-realtime/mind/ears/correct-words.ts';
import { loadDictionary } from '../../../../../../rehearsal/simulators/openai-realtime/mind/ears/dictionary.ts';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const TIMES = ['tuesday', 'november twenty fourth', 'two thirty', 'four thirty', 'eight'];

let correct: Correct;
beforeAll(async () => {
  correct = createCorrection(await loadDictionary());
});

describe('a word that sounds like one that was offered', () => {
  it.each([
    ['How about wendsday?', DAYS, 'How about wednesday?'],
    ['Thirsday afternoon', DAYS, 'Thursday afternoon'],
    ['On Tewsday.', DAYS, 'On Tuesday.'],
    ['A konsultation please', ['consultation'], 'A consultation please'],
    ['To thirty', TIMES, 'Two thirty'],
    ['To thirty works for me', TIMES, 'Two thirty works for me'],
    ["I'll take for thirty, please.", TIMES, "I'll take four thirty, please."],
  ])('is set right: "%s"', (heard, offered, said) => {
    expect(correct(heard, offered)).toBe(said);
  });

  it.each([
    'I am thirsty today',
    'My son has a fever',
    'It fries my nerves',
    'The moon day was lovely',
    'That works for me',
    'I want to come',
    'I ate something bad',
    'Sun day cream',
    'A demon sat there',
    'Friendly people',
    'I had to turn thirty pages',
    "It's for thirteen people",
    "It's for thirty people",
    'I go to thirty meetings',
  ])('stays where English has it: "%s"', (heard) => {
    expect(correct(heard, [...DAYS, ...TIMES, 'demo', 'yes', 'no'])).toBe(heard);
  });

  it('stays where it is too far from all that was offered', () => {
    expect(correct('Zbyszkowski please', DAYS)).toBe('Zbyszkowski please');
    expect(correct('The xylofonist', DAYS)).toBe('The xylofonist');
  });

  it('stays where nothing was offered', () => {
    expect(correct('wendsday', [])).toBe('wendsday');
  });

  it('never changes a word of a common English sentence, whatever else is offered', () => {
    const sentences = [
      'could you tell me whether there is some parking near your building',
      'my wife said we should rather come on another weekend in spring',
      'please write down that both children have had a cold since monday',
      'I would need a ground floor room because of my wheel chair',
    ];
    for (const sentence of sentences) {
      for (const word of sentence.split(' ')) {
        expect(correct(sentence, [`${word}s`, ...DAYS, word.slice(1), `s${word}`])).toBe(sentence);
      }
    }
  });
});
