import { createRoot } from 'react-dom/client';

import type { Call } from '../../../web/call/call.ts';
import { callState } from '../../../web/call/call-snapshot.ts';
import { CallView } from '../../../web/components/call-view.tsx';
import { NoticePage } from '../../../web/components/notice-page.tsx';
import '../../../web/styles/tokens.css';
import '../../../web/styles/base.css';
import { agent, notices, scenes } from './scenes.ts';

/** Draws the scene named in the address's hash, or a list of them all. */
function Gallery({ scene }: { scene: string }) {
  const notice = notices[scene];
  if (notice) return <NoticePage failure={notice} onRetry={() => undefined} />;
  const shown = scenes[scene];
  if (!shown) {
    return (
      <ul>
        {[...Object.keys(scenes), ...Object.keys(notices)].map((name) => (
          <li key={name}>
            <a href={`#${name}`}>{name}</a>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <CallView
      agent={{ ...agent, rehearsal: shown.rehearsal ?? false }}
      snapshot={shown.snapshot}
      state={callState(shown.snapshot)}
      call={deadCall}
      {...(shown.levels && { levels: shown.levels })}
    />
  );
}

const deadCall: Call = {
  subscribe: () => () => undefined,
  getSnapshot: () => {
    throw new Error('The gallery draws fixed snapshots.');
  },
  start: () => Promise.resolve(),
  hangUp: () => undefined,
  send: () => Promise.resolve(true),
  act: () => Promise.resolve({ status: 'done' }),
  typing: () => {},
  setMuted: () => Promise.resolve(),
  addMicrophone: () => Promise.resolve(),
  allowSound: () => Promise.resolve(),
};

const element = document.querySelector('#root');
if (element) {
  const root = createRoot(element);
  const draw = () => root.render(<Gallery key={location.hash} scene={location.hash.slice(1)} />);
  addEventListener('hashchange', draw);
  draw();
}
