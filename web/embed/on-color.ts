/** Black or white: what is read better on a colour, as browsers compute it, "rgb(15, 102, 116)" (WCAG 2.2, relative luminance). */
export function onColor(computed: string): '#000' | '#fff' {
  const [red, green, blue] = (/^rgba?\(([^)]+)\)$/.exec(computed)?.[1] ?? '')
    .split(/[\s,/]+/)
    .slice(0, 3)
    .map(linear);
  if (red === undefined || green === undefined || blue === undefined) return '#fff';
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  // White has 1.05 above it, black 0.05 below.
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? '#fff' : '#000';
}

function linear(channel: string): number {
  const value = Number(channel) / 255;
  return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
