import { useEffect } from 'preact/hooks';
import { fetchRollout, fetchRollouts } from '../../api-client/lab-api.ts';
import { usePane } from '../pane-parts.ts';
import { readHistory } from './read-history.ts';
import { TimelineView } from './timeline-view.tsx';

const OWN_SHELF = { list: fetchRollouts, entries: fetchRollout };

/** The rollouts of the learner's own lab. */
export function OwnTimeline() {
  const { lab, moment } = usePane();
  useEffect(() => readHistory(lab), [lab]);
  return <TimelineView lab={lab} shelf={OWN_SHELF} moment={moment} />;
}
