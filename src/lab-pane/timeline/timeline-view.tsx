export function TimelineView() {
  return <section class="lp-timeline" />;
}
