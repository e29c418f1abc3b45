import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: ['./lib/db/schema/sessions.ts', './lib/db/schema/sign-in-attempts.ts', './lib/db/schema/drafts.ts', './lib/db/schema/launches.ts', './lib/db/schema/runs.ts', './lib/db/schema/run-changes.ts', './lib/db/schema/holds.ts', './lib/db/schema/presets.ts', './lib/db/schema/rollback-kits.ts', './lib/db/schema/cluster-shares.ts'],
  out: './lib/db/migrations',
})
