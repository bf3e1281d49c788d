import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // Real servers, browsers and child processes share the machine with the tests.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A busy machine draws a page in seconds, not in the second that polling has by default.
    expect: { poll: { timeout: 15_000 } },
    pool: 'forks',
    coverage: { provider: 'v8', include: ['src/**'], reporter: ['text-summary', 'html'] },
  },
})
