// Exits with 1 and a sentence for each fault when the settings in the environment do not hold.
import { EnvError, readEnv } from '../lib/env.ts'

try {
  readEnv(process.env)
} catch (error) {
  if (!(error instanceof EnvError)) throw error
  process.stderr.write(`Slipway does not start:\n${error.problems.map((problem) => `  ${problem}\n`).join('')}`)
  process.exit(1)
}
