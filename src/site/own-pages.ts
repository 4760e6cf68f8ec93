import type { AstroIntegration } from 'astro';

/** The two pages outside the course: `/` sends on to a language, and the page for wrong addresses. */
export function ownPages(): AstroIntegration {
  return {
    name: 'own-pages',
    hooks: {
      'astro:config:setup': ({ injectRoute }) => {
        injectRoute({ pattern: '/', entrypoint: './src/pages/root.astro', prerender: true });
        injectRoute({ pattern: '/404', entrypoint: './src/pages/not-found.astro', prerender: true });
      },
    },
  };
}
