/** Drawn on a 20 by 20 grid with a 1.6 stroke. */
const PATHS = {
  account: 'M10 3.2a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4ZM3.8 16.8a6.2 6.2 0 0 1 12.4 0',
  agents:
    'M4 11V9.4a6 6 0 0 1 12 0V11M4 11h2.4v4H4.8A.8.8 0 0 1 4 14.2ZM16 11h-2.4v4h1.6a.8.8 0 0 0 .8-.8ZM15.6 15c0 1.4-1.6 2.2-4 2.2',
  alert: 'M10 3.4 17.4 16H2.6ZM10 8v3.6M10 13.6v.2',
  analytics: 'M3.4 16.6h13.2M5.4 13.6v-3M8.6 13.6V6.4M11.8 13.6V9M15 13.6V4.4',
  appointments: 'M3.6 5h12.8v11.4H3.6ZM3.6 8.6h12.8M7 3.2v3M13 3.2v3',
  'arrow-left': 'M16 10H4.4M9 5l-5 5 5 5',
  audit: 'M5 3.4h7l3 3v10.2H5ZM7.6 9h4.8M7.6 11.6h4.8M7.6 14.2h3',
  calendars: 'M3.6 5h12.8v11.4H3.6ZM3.6 8.6h12.8M7 3.2v3M13 3.2v3M7 12.4l2 2 4-3.6',
  calls:
    'M4.2 3.4h2.6l1.4 3.5-1.7 1.5a9.6 9.6 0 0 0 5.1 5.1l1.5-1.7 3.5 1.4v2.6a1.2 1.2 0 0 1-1.3 1.2A12.9 12.9 0 0 1 3 4.7a1.2 1.2 0 0 1 1.2-1.3Z',
  check: 'M4.4 10.6l3.8 3.8 7.6-8.4',
  chevron: 'M5.6 7.8 10 12.2l4.4-4.4',
  clock: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM10 6.2V10l2.6 1.8',
  copy: 'M7.4 7.4h9v9h-9ZM4.6 12.6H3.6v-9h9v1',
  cross: 'M5.2 5.2l9.6 9.6M14.8 5.2l-9.6 9.6',
  dark: 'M16.2 11.8A6.8 6.8 0 0 1 8.2 3.8a6.6 6.6 0 1 0 8 8Z',
  device: 'M3 4.4h14v9H3ZM7.4 16.4h5.2M10 13.4v3',
  download: 'M10 3.4v9.2M6 9l4 3.8L14 9M4 16.6h12',
  events: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM10 6.8v6.4M6.8 10h6.4',
  facts: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM10 9v4.4M10 6.4v.2',
  guide:
    'M4 5.2l1.2 1.2L7.4 4M4 10.4l1.2 1.2 2.2-2.4M4 15.4l1.2 1.2 2.2-2.4M10 5.4h6.4M10 10.4h6.4M10 15.6h6.4',
  hooks:
    'M8 8.6a3 3 0 1 1 3.6 1.6l2 3.6M6.6 9.8a3 3 0 1 0 2.6 4.6h4.2M13.4 11.6a2.6 2.6 0 1 1-1.6 4.6',
  key: 'M12.6 3.6a3.8 3.8 0 1 1-1.4 7.4L9.8 12.4H8V14H6.4v1.8H3.6V13L9 7.6a3.8 3.8 0 0 1 3.6-4ZM13.4 6.6v.2',
  light:
    'M10 6.6a3.4 3.4 0 1 1 0 6.8 3.4 3.4 0 0 1 0-6.8ZM10 2.6v1.6M10 15.8v1.6M2.6 10h1.6M15.8 10h1.6M4.8 4.8l1.1 1.1M14.1 14.1l1.1 1.1M15.2 4.8l-1.1 1.1M5.9 14.1l-1.1 1.1',
  messages: 'M3.4 5h13.2v8.6H9L5.6 16.4v-2.8H3.4Z',
  numbers: 'M5.4 3.4h9.2v13.2H5.4ZM9 14.4h2',
  plus: 'M10 4v12M4 10h12',
  search: 'M9 3.6a5.4 5.4 0 1 1 0 10.8A5.4 5.4 0 0 1 9 3.6ZM13 13l3.6 3.6',
  settings: 'M3 6h7.2M14.2 6H17M3 14h2.8M9.8 14H17M12.2 4v4M7.8 12v4',
  'sign-out': 'M8.4 3.8H4v12.4h4.4M12.4 6.4 16 10l-3.6 3.6M16 10H8',
  team: 'M7.4 4a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4ZM2.6 15.8a4.8 4.8 0 0 1 9.6 0M13 4.4a2.5 2.5 0 0 1 0 4.8M14.2 11.4a4.6 4.6 0 0 1 3.2 4.4',
  today: 'M3.4 9.4 10 3.8l6.6 5.6M5.2 8.2v8.2h9.6V8.2M8.4 16.4v-4.2h3.2v4.2',
};

export type IconName = keyof typeof PATHS;

/** Always beside words, or in a button that has a name: it has none of its own. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
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
