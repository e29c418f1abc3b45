import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A key and a certificate that nobody vouches for, made by openssl. */
export const selfSigned = async (): Promise<{ key: Buffer; cert: Buffer }> => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'slipway-cert-'))
  const [key, cert] = [path.join(directory, 'key.pem'), path.join(directory, 'cert.pem')]
  await run('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', cert, '-days', '1', '-subj', '/CN=127.0.0.1'])
  const pair = { key: await readFile(key), cert: await readFile(cert) }
  await rm(directory, { recursive: true, force: true })
  return pair
}
