import { defineConfig } from '@playwright/test'
import { chromiumOptions } from './scripts/lib/chromium.mjs'

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  fullyParallel: false,
  workers: 2,
  // A browser on a busy machine of two cores: one more try, and the closing lines name who needed it.
  retries: 1,
  timeout: process.env.SLIPWAY_SOAK === '1' ? 30 * 60_000 : 150_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  outputDir: 'test-results/browser',
  reporter: [['line'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
    launchOptions: chromiumOptions(),
  },
})
