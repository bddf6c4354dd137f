import './banner.css';

/** The line is cut and being mended; nothing is lost but what is said meanwhile. */
export function ConnectionBanner({ reconnecting }: { reconnecting: boolean }) {
  if (!reconnecting) return null;
  return (
    <p className="banner warning" data-testid="reconnecting">
      <span className="banner-pulse" aria-hidden="true" />
      <span>
        <strong>Reconnecting…</strong> The connection dropped. Please wait a moment.
      </span>
    </p>
  );
}
