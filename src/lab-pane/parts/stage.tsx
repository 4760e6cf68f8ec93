import { useEffect, useRef } from 'preact/hooks';
import { usePane } from '../pane-parts.ts';
import { stageCard } from '../stage-card.ts';
import { Banner } from './banner.tsx';
import { Card } from './card.tsx';
import { ConditionNote } from './condition-note.tsx';
import { FindBar } from './find-bar.tsx';
import { PoweredOff } from './powered-off.tsx';
import { RunOfferBar } from './run-offer.tsx';
import { NoTerminal, TerminalPanel } from './terminal-panel.tsx';

/** A rough cell of the terminal's font: the true size follows as soon as the terminal is there. */
const CELL = { width: 0.6, height: 1.2 };

/** Where the terminals are, or what stands in their place. */
export function Stage() {
  const { lab, deck, settings, finding } = usePane();
  const stage = useRef<HTMLDivElement>(null);
  const status = lab.session.value?.status ?? null;
  const card = stageCard({
    signIn: lab.signIn.value,
    hasLesson: lab.lesson.value !== null,
    isJoined: lab.isJoined.value,
    status,
    work: lab.work.value,
    problem: lab.problem.value,
  });
  const showsTerminals = card === null || card.kind === 'paused';
  const active = deck.active.value;

  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    deck.measure = () => {
      const px = settings.fontSizePx.value;
      const cols = Math.floor(element.clientWidth / (px * CELL.width)) - 2;
      const rows = Math.floor(element.clientHeight / (px * CELL.height)) - 1;
      return { cols: Math.min(500, Math.max(20, cols)), rows: Math.min(300, Math.max(5, rows)) };
    };
  }, [deck, settings]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.ctrlKey || !event.shiftKey || event.code !== 'KeyF' || active?.kind !== 'terminal') return;
    event.preventDefault();
    event.stopPropagation();
    finding.value = true;
  };

  return (
    <div class="lp-stage" onKeyDownCapture={onKeyDown}>
      <Banner />
      {showsTerminals && active && <ConditionNote node={active.node} />}
      <div class="lp-terminals" ref={stage}>
        {showsTerminals &&
          deck.tabs.value.map((tab) =>
            tab.kind === 'terminal' ? (
              <TerminalPanel key={tab.key} terminal={tab.terminal} shown={tab.key === active?.key} />
            ) : (
              tab.key === active?.key && (
                <div
                  key={tab.key}
                  role="tabpanel"
                  id={`lp-panel-${tab.key}`}
                  aria-labelledby={`lp-tab-${tab.key}`}
                >
                  <NoTerminal node={tab.node} />
                  <PoweredOff node={tab.node} />
                </div>
              )
            ),
          )}
        {showsTerminals && active === null && <NoTerminal node={lab.session.value?.nodes[0] ?? 'node1'} />}
        {card && <Card card={card} />}
        {showsTerminals && finding.value && active?.kind === 'terminal' && <FindBar />}
      </div>
      <RunOfferBar />
    </div>
  );
}
