// Runs before the first paint of a lab page: the divider and the phone's view stand where the learner left them.
(() => {
  try {
    const root = document.documentElement;
    const share = localStorage.getItem('rollout-lab.pane-share');
    if (share && /^0\.\d{1,4}$/.test(share)) root.style.setProperty('--pane-share', share);
    root.dataset.view = sessionStorage.getItem('rollout-lab.page-view') === 'lab' ? 'lab' : 'text';
  } catch {
    // Storage can be forbidden; the page then starts with its default layout.
  }
})();
