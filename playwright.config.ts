import { defineConfig } from '@playwright/test'
import { chromiumOptions } from './scripts/lib/chromium.mjs'

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './tests/e2e/support/data-dir.ts',
  fullyParallel: false,
  // Stories wait for readings more than they compute: three keep two cores busy.
  workers: 3,
  retries: 0,
  timeout: process.env.SLIPWAY_SOAK === '1' ? 30 * 60_000 : 150_000,
  // A launch reads its facts again, and a busy machine opens a page in many seconds.
  expect: { timeout: 30_000 },
  forbidOnly: true,
  outputDir: 'test-results/browser',
  reporter: [['line'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    // A trace of every story costs a third of the stage: `--trace on` where one is wanted. A failure leaves its page as text and as a picture.
    screenshot: 'only-on-failure',
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: chromiumOptions(),
  },
})
