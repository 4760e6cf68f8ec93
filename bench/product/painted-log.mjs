// Runs in the page: writes down when each state of a task or a node and each verdict has first been painted. A mutation is on the
// screen when the frame after it has been drawn, which the task that follows that frame's callbacks can tell.
{
  /** @type {[string, number][]} */
  const log = [];
  let present = new Set();
  const keys = () => {
    const found = new Set();
    for (const place of document.querySelectorAll('.lp-place'))
      found.add(`node ${place.dataset.node} ${place.dataset.rest}`);
    for (const tile of document.querySelectorAll('.lp-tile[data-task]'))
      found.add(`task ${tile.dataset.task} ${tile.dataset.state}`);
    for (const check of document.querySelectorAll('.lp-check[data-check]'))
      found.add(`check ${check.dataset.check} ${check.dataset.verdict}`);
    return found;
  };
  const look = () => {
    const now = keys();
    const news = [...now].filter((key) => !present.has(key));
    present = now;
    if (news.length === 0) return;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        const atMs = performance.timeOrigin + performance.now();
        for (const key of news) log.push([key, atMs]);
      };
      port2.postMessage(null);
    });
  };
  look();
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
  globalThis.takePainted = () => log.splice(0);
}
