import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{content,contract,labs,server,src,setup,bench,hosts,attacks}/**/*.test.{ts,tsx,mjs}'],
    exclude: ['**/node_modules/**', 'labs/images/**'],
    testTimeout: 10_000,
    hookTimeout: 20_000,
  },
});
