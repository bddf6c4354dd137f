/**
 * What the button and its panel look like. As a constructed style sheet in a shadow tree: the host
 * page's styles do not reach it, and its Content-Security-Policy needs no 'unsafe-inline'.
 */
export const STYLE = `
:host {
  --accent: #0f6674;
  --on-accent: #fff;
  all: initial;
  position: fixed;
  z-index: 2147483000;
  inset: auto max(1rem, env(safe-area-inset-right)) max(1rem, env(safe-area-inset-bottom)) auto;
  font: 600 1rem/1.4 system-ui, sans-serif;
  color-scheme: light dark;
}
:host([data-side='left']) {
  inset: auto auto max(1rem, env(safe-area-inset-bottom)) max(1rem, env(safe-area-inset-left));
}
button {
  font: inherit;
  cursor: pointer;
}
.open {
  display: flex;
  align-items: center;
  gap: 0.6em;
  min-height: 3.5rem;
  padding: 0.75rem 1.4rem;
  border: 2px solid transparent;
  border-radius: 999px;
  background: var(--accent);
  color: var(--on-accent);
  box-shadow: 0 4px 18px rgb(0 0 0 / 0.28);
}
.open svg {
  width: 1.3em;
  height: 1.3em;
  fill: none;
  stroke: currentColor;
  stroke-width: 2;
  stroke-linecap: round;
  stroke-linejoin: round;
}
.open[hidden],
.panel[hidden] {
  display: none;
}
:is(button, a):focus-visible {
  outline: 3px solid light-dark(#0a4a54, #fff);
  outline-offset: 2px;
  box-shadow: 0 0 0 7px light-dark(#fff, #0a4a54);
}
.panel {
  position: fixed;
  inset: auto 1rem 1rem auto;
  display: grid;
  grid-template-rows: auto minmax(0, 1fr);
  width: min(27rem, calc(100vw - 2rem));
  height: min(44rem, calc(100dvh - 2rem));
  overflow: hidden;
  border: 1px solid light-dark(#c9d3d5, #3c4a4d);
  border-radius: 1rem;
  background: light-dark(#fff, #14201f);
  color: light-dark(#12292d, #e8f0f0);
  box-shadow: 0 12px 48px rgb(0 0 0 / 0.35);
}
:host([data-side='left']) .panel {
  inset: auto auto 1rem 1rem;
}
.head {
  display: flex;
  align-items: center;
  justify-content: space-between;
  gap: 1rem;
  padding: 0.25rem 0.25rem 0.25rem 1rem;
}
.close {
  min-width: 2.75rem;
  min-height: 2.75rem;
  padding: 0 0.9rem;
  border: 0;
  border-radius: 0.75rem;
  background: none;
  color: inherit;
}
.close:hover {
  background: light-dark(#eaf1f2, #24403f);
}
iframe {
  width: 100%;
  height: 100%;
  border: 0;
  background: light-dark(#fff, #14201f);
}
.unavailable {
  padding: 1rem;
  font-weight: 400;
}
.unavailable a {
  color: light-dark(#0a4a54, #9fd8e0);
}
.status {
  position: absolute;
  width: 1px;
  height: 1px;
  margin: -1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
@media (width < 40rem) {
  .panel,
  :host([data-side='left']) .panel {
    inset: 0;
    width: 100vw;
    height: 100dvh;
    border: 0;
    border-radius: 0;
  }
}
`;
