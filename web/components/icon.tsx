/** Drawn on a 20 by 20 grid with a 1.6 stroke. */
const PATHS = {
  microphone:
    'M10 2.8a2.6 2.6 0 0 1 2.6 2.6v4a2.6 2.6 0 0 1-5.2 0v-4A2.6 2.6 0 0 1 10 2.8ZM4.6 9.4a5.4 5.4 0 0 0 10.8 0M10 14.8v2.6',
  'microphone-off':
    'M3.2 3.2l13.6 13.6M7.4 7.4v2a2.6 2.6 0 0 0 4.2 2M12.6 8.6V5.4a2.6 2.6 0 0 0-5-.9M4.6 9.4a5.4 5.4 0 0 0 8.4 4.5M15.4 9.4a5.3 5.3 0 0 1-.5 2.2M10 14.8v2.6',
  phone:
    'M4.2 3.4h2.6l1.4 3.5-1.7 1.5a9.6 9.6 0 0 0 5.1 5.1l1.5-1.7 3.5 1.4v2.6a1.2 1.2 0 0 1-1.3 1.2A12.9 12.9 0 0 1 3 4.7a1.2 1.2 0 0 1 1.2-1.3Z',
  'hang-up': 'M2.6 12.4c4-4.4 10.8-4.4 14.8 0l-1.6 2-3-1.2v-2a9 9 0 0 0-5.6 0v2l-3 1.2Z',
  devices: 'M3 6h7.2M14.2 6H17M3 14h2.8M9.8 14H17M12.2 4v4M7.8 12v4',
  send: 'M10 16.4V4M4.8 9.2 10 4l5.2 5.2',
  check: 'M4.4 10.6l3.8 3.8 7.6-8.4',
  clock: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM10 6.2V10l2.6 1.8',
  cross: 'M5.2 5.2l9.6 9.6M14.8 5.2l-9.6 9.6',
  download: 'M10 3.4v9.2M6 9l4 3.8L14 9M4 16.6h12',
  keyboard: 'M2.8 5.6h14.4v8.8H2.8ZM6 8.6h.01M10 8.6h.01M14 8.6h.01M7 11.6h6',
  sound: 'M3.4 8v4h2.8l3.8 3.2V4.8L6.2 8ZM13 7.4a3.8 3.8 0 0 1 0 5.2M15.2 5.2a6.8 6.8 0 0 1 0 9.6',
};

export type IconName = keyof typeof PATHS;

/** Always beside words: it has no name of its own. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
