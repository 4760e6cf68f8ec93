// When a lab's network comes up on the machine that the browser runs on, Chromium drops the requests under way
// (ERR_NETWORK_CHANGED). A page that lost a script so would stay dead: load it again, but not in a loop.
addEventListener(
  'error',
  (event) => {
    if (!(event.target instanceof HTMLScriptElement)) return;
    const key = 'rollout-lab.reloaded-at';
    if (Date.now() - Number(sessionStorage.getItem(key)) < 30_000) return;
    sessionStorage.setItem(key, String(Date.now()));
    location.reload();
  },
  true,
);
