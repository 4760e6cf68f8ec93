(() => {
  const chosen = /(?:^|; )lang=(ko|en)(?:;|$)/.exec(document.cookie)?.[1];
  const wanted = (navigator.languages ?? [navigator.language]).find((tag) => /^(ko|en)\b/i.test(tag));
  const language = chosen ?? wanted?.slice(0, 2).toLowerCase() ?? 'ko';
  // A launch link carries its token in the fragment.
  location.replace(`/${language}/${location.hash}`);
})();
