import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    env: { REQUEST_LOG: 'off' },
    isolate: false,
    // More than the two cores of a small machine: tests wait for the emulator and for servers most of the time.
    maxWorkers: 4,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
