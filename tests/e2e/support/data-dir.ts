import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { copyDir } from '@/tests/support/copy-dir'
import { freePort } from '@/tests/support/free-port'
import { removeDir } from '@/tests/support/remove-dir'
import { end, startProduction } from './production'

const variable = 'SLIPWAY_E2E_DATA'

/** Has the production build make its database once: making one takes seconds of a processor, copying it does not. Playwright calls it before the stories and what it returns after them. */
export default async function makeTemplate(): Promise<() => Promise<void>> {
  const place = await mkdtemp(path.join(tmpdir(), 'slipway-e2e-template-'))
  const port = await freePort()
  const app = await startProduction({ port, dataDir: place, spotApiUrl: 'http://127.0.0.1:1' })
  const { ok } = await fetch(`http://127.0.0.1:${port}/api/ready`)
  await end(app)
  if (!ok) throw new Error('The database of the stories could not be made.')
  process.env[variable] = path.join(place, 'pglite')
  return () => removeDir(place)
}

/** A data directory of one's own with an empty, migrated database. */
export const makeDataDir = async (name: string): Promise<string> => {
  const dataDir = await mkdtemp(path.join(tmpdir(), `slipway-e2e-${name}-`))
  const template = process.env[variable]
  if (template) await copyDir(template, path.join(dataDir, 'pglite'))
  return dataDir
}
