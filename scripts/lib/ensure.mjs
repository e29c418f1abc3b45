import { cpSync, existsSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { chromiumPath, isChromiumHere } from './chromium.mjs'
import { fingerprint, readStamp, writeStamp } from './fingerprint.mjs'
import { fail, fromRoot, say } from './project.mjs'
import { capture, run } from './run.mjs'

const nodeMajor = process.versions.node.split('.')[0]
const installStamp = fromRoot('node_modules/.slipway-install')
const buildStamp = fromRoot('.next/slipway-build')
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'

const installPrint = () => fingerprint(['package-lock.json'], [nodeMajor, process.platform, process.arch])

/** Installs the packages when the lock file, the Node major or the platform has changed since the last time. */
export const ensureInstalled = async () => {
  const wanted = installPrint()
  if (readStamp(installStamp) === wanted) return
  say('Installing packages; this takes a minute.')
  const code = await run(npm, ['ci', '--include=dev', '--no-audit', '--no-fund'], { env: { ...process.env, NODE_ENV: 'development' } })
  if (code !== 0) fail('The packages could not be installed; see above.')
  writeStamp(installStamp, wanted)
}

/** tsconfig.json and next-env.d.ts are left out: Next writes them itself. */
const buildInputs = ['app', 'components', 'lib', 'public', 'instrumentation.ts', 'instrumentation-node.ts', 'proxy.ts', 'next.config.js', 'postcss.config.mjs', 'tailwind.config.ts', 'package-lock.json', 'package.json']

const buildPrint = () => fingerprint(buildInputs, [nodeMajor])

const buildEnv = () => ({ ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' })

const standalone = fromRoot('.next/standalone')
/** Where the last good build waits while the next one is made. Next clears its own folder. */
const aside = fromRoot('node_modules/.slipway-last-build')

const move = (from, to) => {
  if (!existsSync(from)) return
  rmSync(to, { recursive: true, force: true })
  renameSync(from, to)
}

const build = async () => {
  const code = await run(process.execPath, [fromRoot('node_modules/next/dist/bin/next'), 'build'], { env: buildEnv() })
  if (code !== 0) return false
  cpSync(fromRoot('.next/static'), path.join(standalone, '.next/static'), { recursive: true })
  if (existsSync(fromRoot('public'))) cpSync(fromRoot('public'), path.join(standalone, 'public'), { recursive: true })
  return true
}

const isBuilt = (wanted) => readStamp(buildStamp) === wanted && existsSync(path.join(standalone, 'server.js'))

/** Whether the demo would start at once, with nothing to install and nothing to build. */
export const isAllMade = () => readStamp(installStamp) === installPrint() && isBuilt(buildPrint())

/** Builds the app when something it is made of has changed. False when that failed; the last good build then stays. */
export const buildIfStale = async () => {
  const wanted = buildPrint()
  if (isBuilt(wanted)) return true
  say('Building the app; this takes about half a minute.')
  const last = readStamp(buildStamp)
  if (last !== null) move(standalone, aside)
  rmSync(buildStamp, { force: true })
  const hasBuilt = await build()
  if (!hasBuilt) move(aside, standalone)
  const stamp = hasBuilt ? wanted : last
  if (stamp !== null) writeStamp(buildStamp, stamp)
  return hasBuilt
}

/** As `buildIfStale`; ends the script when the app cannot be built. */
export const ensureBuilt = async () => {
  if (!(await buildIfStale())) fail('The app could not be built; see above.')
}

const isRoot = () => process.getuid?.() === 0
const hasApt = () => existsSync('/usr/bin/apt-get')

const aptInstall = (packages, env) => capture('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env })

/** At one go, and each by itself where that fails: one that cannot be had keeps no other away. */
const installDebian = async (packages) => {
  if (packages.length === 0 || !isRoot() || !hasApt()) return
  say(`Installing ${packages.join(', ')}.`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await capture('apt-get', ['update', '-qq'], { env })
  if ((await aptInstall(packages, env)).code === 0) return
  for (const name of packages) {
    const { code, output } = await aptInstall([name], env)
    if (code !== 0) say(`Debian's ${name} could not be installed.\n${output.slice(-1000)}`)
  }
}

const installPlaywrights = async () => {
  if (chromiumPath() !== undefined) return
  const code = await run(process.execPath, [fromRoot('node_modules/@playwright/test/cli.js'), 'install', 'chromium'])
  if (code !== 0) fail('No Chromium for the browser tests. Install one and name it with CHROMIUM_PATH.')
}

const isOnPath = (name) => (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, name)))

/** What tests need besides the packages of npm. `otherwise` is for machines where Debian's package cannot be had. */
const chromium = { debian: 'chromium-headless-shell', isThere: isChromiumHere, otherwise: installPlaywrights }
const postgres = { debian: 'postgresql', isThere: () => existsSync('/usr/lib/postgresql'), otherwise: () => say('No PostgreSQL server found: its tests will be skipped.') }
const kubectl = { debian: 'kubernetes-client', isThere: () => isOnPath('kubectl'), otherwise: () => say('No kubectl found: its tests will be skipped.') }

const ensureAll = async (tools) => {
  const missing = () => tools.filter(({ isThere }) => !isThere())
  await Promise.all([ensureInstalled(), installDebian(missing().map(({ debian }) => debian))])
  for (const { otherwise } of missing()) await otherwise()
}

/** The packages and a Chromium: Debian's own as root, else the one that Playwright brings. */
export const ensureBrowser = () => ensureAll([chromium])

/** The packages and all that the tests need; without PostgreSQL or kubectl theirs are skipped and say so. */
export const ensureTestable = () => ensureAll([chromium, postgres, kubectl])
