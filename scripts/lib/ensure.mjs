import { cpSync, existsSync, rmSync } from 'node:fs'
import { fingerprint, readStamp, writeStamp } from './fingerprint.mjs'
import { fail, fromRoot, say } from './project.mjs'
import { capture, run } from './run.mjs'

const nodeMajor = process.versions.node.split('.')[0]
const installStamp = fromRoot('node_modules/.slipway-install')
const buildStamp = fromRoot('.next/slipway-build')
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'

/** Installs the packages when the lock file, the Node major or the platform has changed since the last time. */
export const ensureInstalled = async () => {
  const wanted = fingerprint(['package-lock.json'], [nodeMajor, process.platform, process.arch])
  if (readStamp(installStamp) === wanted) return
  say('Installing packages; this takes a minute.')
  const code = await run(npm, ['ci', '--include=dev', '--no-audit', '--no-fund'], { env: { ...process.env, NODE_ENV: 'development' } })
  if (code !== 0) fail('The packages could not be installed; see above.')
  writeStamp(installStamp, wanted)
}

/** tsconfig.json and next-env.d.ts are left out: Next writes them itself. */
const buildInputs = ['app', 'components', 'lib', 'public', 'instrumentation.ts', 'instrumentation-node.ts', 'proxy.ts', 'next.config.js', 'postcss.config.mjs', 'tailwind.config.ts', 'package-lock.json', 'package.json']

const buildEnv = () => ({ ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' })

/** Builds the app when something it is made of has changed; the stamp is written last, so a failed build is no build. */
export const ensureBuilt = async () => {
  const wanted = fingerprint(buildInputs, [nodeMajor])
  if (readStamp(buildStamp) === wanted && existsSync(fromRoot('.next/standalone/server.js'))) return
  say('Building the app; this takes about half a minute.')
  rmSync(buildStamp, { force: true })
  const code = await run(process.execPath, [fromRoot('node_modules/next/dist/bin/next'), 'build'], { env: buildEnv() })
  if (code !== 0) fail('The app could not be built; see above.')
  cpSync(fromRoot('.next/static'), fromRoot('.next/standalone/.next/static'), { recursive: true })
  if (existsSync(fromRoot('public'))) cpSync(fromRoot('public'), fromRoot('.next/standalone/public'), { recursive: true })
  writeStamp(buildStamp, wanted)
}

const isRoot = () => process.getuid?.() === 0
const hasApt = () => existsSync('/usr/bin/apt-get')

const aptInstall = async (packages) => {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await capture('apt-get', ['update', '-qq'], { env })
  const { code, output } = await capture('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env })
  if (code !== 0) fail(`Debian's packages ${packages.join(', ')} could not be installed.\n${output.slice(-2000)}`)
}

/** Installs a Debian package when `isThere` says it is missing; elsewhere says what to install. */
const ensureDebian = async (packages, isThere, otherwise) => {
  if (isThere()) return
  if (!isRoot() || !hasApt()) return otherwise()
  say(`Installing ${packages.join(', ')}.`)
  await aptInstall(packages)
}

/** A Chromium for the browser tests: Debian's own as root, else the one that Playwright brings. */
export const ensureChromium = () =>
  ensureDebian(['chromium'], () => existsSync('/usr/bin/chromium') || process.env.CHROMIUM_PATH !== undefined, async () => {
    const code = await run(process.execPath, [fromRoot('node_modules/@playwright/test/cli.js'), 'install', 'chromium'])
    if (code !== 0) fail('No Chromium for the browser tests. Install one and name it with CHROMIUM_PATH.')
  })

/** A PostgreSQL server for the tests that need a real one; without it they are skipped and say so. */
export const ensurePostgres = () => ensureDebian(['postgresql'], () => existsSync('/usr/lib/postgresql'), () => say('No PostgreSQL server found: its tests will be skipped.'))
