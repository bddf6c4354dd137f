import { expect, it } from 'vitest';
import { asksToWait } from '../../../agent/call/asks-to-wait.ts';

it.each([
  'Please hold on.',
  'Hang on a sec',
  'Give me a second.',
  'Give me a minute, please',
  'Let me check my calendar.',
  'Let me just look that up',
  'One moment, please',
  'I’ll be right back',
  'Wait a minute, I need to ask my wife',
  'Bear with me',
  'Un momento, por favor.',
  'Espere, voy a mirar mi agenda',
  'Deme un segundito',
  'Déjeme consultar el calendario',
  'Ahora vuelvo, no cuelgue',
  'Un instant, s’il vous plaît',
  'Attendez, je regarde mon agenda',
  'Laissez-moi vérifier',
  'Ne quittez pas',
  'Deux secondes, je reviens',
  'Einen Moment bitte',
  'Moment mal, ich schaue kurz nach',
  'Warten Sie, ich sehe in meinen Kalender',
  'Lassen Sie mich kurz nachsehen',
  'Da muss ich mal nachsehen',
  'Bleiben Sie dran, ich bin gleich wieder da',
  'Só um momentinho',
  'Deixa eu ver a minha agenda',
  'Já volto',
  'Me dá um minutinho',
  'Un attimo, per favore',
  'Aspetti, devo controllare',
  'Mi faccia vedere il calendario',
  'Resti in linea',
])('waits for who says: %s', (words) => {
  expect(asksToWait(words)).toBe(true);
});

it.each([
  'Tuesday at ten, please.',
  'The second one sounds good',
  'A minute ago you said three',
  'Ten minutes later would be better',
  'Yes, book it.',
  'El segundo, por favor',
  'Le deuxième me convient',
  'Um halb drei passt es mir',
  'O segundo horário está ótimo',
  'Il secondo va bene',
  'Mein Name ist Augenblick-Müller',
  '',
])('goes on with who says: %s', (words) => {
  expect(asksToWait(words)).toBe(false);
});
