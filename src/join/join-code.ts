/** Takes the join code behind `#` out of the address bar: a link that is passed on is made from the code itself. */
export function takeJoinCode(): string {
  const code = decodeURIComponent(location.hash.slice(1).replace(/%(?![0-9A-Fa-f]{2})/g, '%25'));
  if (code !== '') history.replaceState(history.state, '', location.pathname + location.search);
  return code;
}
