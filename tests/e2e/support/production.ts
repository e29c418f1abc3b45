import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'

export const root = path.resolve(import.meta.dirname, '../../..')

export const end = (child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    const timer = setTimeout(() => child.kill('SIGKILL'), 8_000)
    child.once('exit', () => {
      clearTimeout(timer)
      resolve()
    })
    child.kill(signal)
  })

export const lineMatching = (child: ChildProcess, pattern: RegExp): Promise<string> =>
  new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it was ready`)))
    if (!child.stdout) return reject(new Error('has no output'))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = pattern.exec(line)?.[1]
      if (found !== undefined) resolve(found)
    })
  })

const untilHealthy = async (url: string, child: ChildProcess): Promise<void> => {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`the app ended with ${child.exitCode}`)
    const isUp = await fetch(`${url}/api/health`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isUp) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the app did not answer in time')
}

export type ProductionOptions = { port: number; dataDir: string; spotApiUrl: string; env?: Record<string, string>; hear?: (text: string) => void }

/** The production build on a port of its own; resolves once it answers. `hear` is given what it says. */
export const startProduction = async ({ port, dataDir, spotApiUrl, env = {}, hear }: ProductionOptions): Promise<ChildProcess> => {
  let said = ''
  const child = spawn(process.execPath, ['.next/standalone/server.js'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      HOSTNAME: '127.0.0.1',
      NEXTAUTH_URL: `http://localhost:${port}`,
      NEXTAUTH_SECRET: 'k4Jq0vZ2mX8sT1bN6rY3wE5uH9pL7cDfGa',
      SPOT_API_URL: spotApiUrl,
      SLIPWAY_DATA_DIR: dataDir,
      ...env,
    },
  })
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-3000)
      hear?.(chunk.toString())
    })
  await untilHealthy(`http://127.0.0.1:${port}`, child).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${said}`)
  })
  return child
}
