import { expect, test } from 'vitest';
import { onColor } from '../../../web/embed/on-color.ts';

test.each([
  ['rgb(15, 102, 116)', '#fff'],
  ['rgb(0, 0, 0)', '#fff'],
  ['rgb(255, 255, 255)', '#000'],
  ['rgb(255, 214, 0)', '#000'],
  ['rgba(198, 40, 40, 0.9)', '#fff'],
  ['color(display-p3 1 1 1)', '#fff'],
])('on %s stands %s', (color, written) => {
  expect(onColor(color)).toBe(written);
});
