import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

const debian = '/usr/bin/chromium'
/** The one that is named, else Debian's, else the one that Playwright has installed. */
const chromium = process.env.CHROMIUM_PATH ?? (existsSync(debian) ? debian : undefined)
const isRoot = process.getuid?.() === 0

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  fullyParallel: false,
  workers: 2,
  retries: 0,
  timeout: process.env.SLIPWAY_SOAK === '1' ? 30 * 60_000 : 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  outputDir: 'test-results/browser',
  reporter: [['line'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(chromium === undefined ? {} : { executablePath: chromium }),
      args: ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic', '--no-first-run', '--disable-gpu', ...(isRoot ? ['--no-sandbox'] : [])],
    },
  },
})
