import { defineConfig } from 'vitest/config';

const NEVER = ['**/node_modules/**', 'labs/images/**'];
const ON_AN_ENGINE = 'server/docker/**/*.real.test.ts';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{content,contract,labs,server,src,setup,bench,hosts,attacks}/**/*.test.{ts,tsx,mjs}'],
          exclude: [...NEVER, ON_AN_ENGINE],
          testTimeout: 10_000,
          hookTimeout: 20_000,
        },
      },
      // They time what an engine does: one after the other, in stage `labs`.
      { test: { name: 'engine', include: [ON_AN_ENGINE], exclude: NEVER, fileParallelism: false } },
    ],
  },
});
