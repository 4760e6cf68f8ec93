import { satteri } from '@astrojs/markdown-satteri';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import linksValidator from 'starlight-links-validator';
import { compressedFiles } from './src/site/compressed-files.ts';
import { inlineScriptHashes } from './src/site/inline-script-hashes.ts';
import { looseLists } from './src/site/loose-lists.ts';
import { ownPages } from './src/site/own-pages.ts';

const component = (name) => `./src/components/starlight/${name}.astro`;

export default defineConfig({
  // Content, labs and server share one tree, so the site's source is the repository itself.
  srcDir: '.',
  outDir: './dist',
  trailingSlash: 'always',
  // Headings carry `{#id}`: the same anchors in every language keep links and the reading position alive.
  markdown: { processor: satteri({ features: { headingAttributes: true } }) },
  devToolbar: { enabled: false },
  // A page with a lab wakes the lab: it is not fetched before somebody wants it.
  prefetch: false,
  vite: {
    plugins: [looseLists()],
    build: {
      // Nothing is inlined: scripts stay under `script-src 'self'` and fonts under `font-src 'self'`.
      assetsInlineLimit: 0,
      rolldownOptions: { checks: { moduleLevelDirective: false } },
    },
  },
  integrations: [
    starlight({
      title: { ko: '롤아웃 랩', en: 'Rollout Lab' },
      defaultLocale: 'ko',
      locales: { ko: { label: '한국어', lang: 'ko' }, en: { label: 'English', lang: 'en' } },
      favicon: '/favicon.svg',
      disable404Route: true,
      credits: false,
      customCss: [
        './src/styles/fonts.css',
        './src/styles/tokens.css',
        './src/styles/typography.css',
        './src/styles/chrome.css',
        './src/styles/term.css',
        './src/styles/launch-notice.css',
      ],
      components: {
        Head: component('Head'),
        Header: component('Header'),
        Hero: component('Hero'),
        LanguageSelect: component('LanguageSelect'),
        PageSidebar: component('PageSidebar'),
        Search: component('Search'),
        SiteTitle: component('SiteTitle'),
        TwoColumnContent: component('TwoColumnContent'),
      },
      expressiveCode: {
        themes: ['github-dark', 'github-light'],
        useStarlightUiThemeColors: true,
        styleOverrides: {
          borderRadius: '0.5rem',
          codeFontFamily: 'var(--font-mono)',
          codeFontSize: '0.9375rem',
        },
      },
      sidebar: [
        {
          label: '14장',
          translations: { en: 'Chapter 14' },
          // Every lesson that both languages have, in order of its name.
          items: [{ autogenerate: { directory: 'chapter-14' } }],
        },
        { slug: 'glossary' },
      ],
      plugins: [linksValidator()],
    }),
    // A course that runs on the reader's own machine has no public address, so no sitemap; Starlight adds one unless
    // an integration of this name is there.
    { name: '@astrojs/sitemap', hooks: {} },
    ownPages(),
    inlineScriptHashes(),
    compressedFiles(),
  ],
});
