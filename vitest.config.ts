import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const alias = {
  '@': path.resolve(import.meta.dirname),
  'server-only': path.resolve(import.meta.dirname, 'tests/support/empty.ts'),
}

const isSoak = process.env.SLIPWAY_SOAK === '1'
const soakTimeout = 30 * 60_000

const overTheApp = ['tests/integration/http/**/*.test.ts', 'tests/integration/faults/disk-full-watching.test.ts']

const integration = {
  testTimeout: isSoak ? soakTimeout : 60_000,
  hookTimeout: 90_000,
  // They wait for answers and for the database more than they compute.
  maxWorkers: 3,
  // Its own count of workers asks for its own turn when all projects are run at once.
  sequence: { groupOrder: 1 },
}

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [react()],
        resolve: { alias },
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.{ts,tsx}'],
          setupFiles: ['tests/support/unit-setup.ts'],
          // The guards parse every file of the checkout.
          testTimeout: isSoak ? soakTimeout : 20_000,
          // They hold no state that outlives a test, so files share what a worker has loaded: half the stage.
          isolate: false,
          maxWorkers: 2,
        },
      },
      {
        resolve: { alias },
        test: {
          ...integration,
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          exclude: overTheApp,
          // As with the unit tests: loading is a fifth of the stage.
          isolate: false,
        },
      },
      {
        resolve: { alias },
        test: {
          ...integration,
          // The app itself, which is composed once in a process: each file is a process of its own.
          name: 'integration-http',
          include: overTheApp,
        },
      },
      {
        resolve: { alias },
        test: {
          // Servers of the production build as processes: the build comes first.
          name: 'processes',
          include: ['tests/processes/**/*.test.ts'],
          testTimeout: isSoak ? soakTimeout : 150_000,
          hookTimeout: 90_000,
          // They wait for leases and deadlines more than they compute.
          maxWorkers: 3,
          maxConcurrency: 4,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
