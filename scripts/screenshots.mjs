// Pictures of every page in both themes and two sizes, into the folder given; without one, README's three into docs/images.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { ensureBrowser, ensureBuilt } from './lib/ensure.mjs'
import { fromRoot, requireNode, say } from './lib/project.mjs'

requireNode()
await ensureBrowser()
await ensureBuilt()
const { at, choosePools, launch, launchChromium, signIn } = await import('./lib/journey.mjs')
const { startDemoStack } = await import('./lib/stack.mjs')

const given = process.argv[2]
const folder = given ? path.resolve(given) : fromRoot('docs/images')
mkdirSync(folder, { recursive: true })

const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } }
const themes = ['light', 'dark']

const dialogOf = (page) => page.getByRole('dialog').first()
/** What is not read yet shows grey lines until then. */
const filled = (page, within) => page.waitForFunction((selector) => document.querySelector(`${selector} .animate-pulse`) === null, within)
const filledDialog = async (page) => {
  await dialogOf(page).waitFor()
  await filled(page, '[role=dialog]')
}
const openRow = (name) => async (page) => {
  await page.getByRole('row', { name }).first().click()
  await filledDialog(page)
}
const stopDialog = async (page) => {
  await page.getByRole('button', { name: /^Stop/ }).first().click()
  await dialogOf(page).waitFor()
}

/** What is photographed in which stage of the journey; `open` brings up what lies over the page; `readme` names the picture and its theme. */
const shots = [
  { name: 'sign-in', stage: 'signed-out', path: '/sign-in' },
  { name: 'clusters', stage: 'idle', path: '/clusters' },
  { name: 'nodes', stage: 'idle', path: at('nodes'), readme: ['nodes-light', 'light'], readmePath: at('nodes?open=npapi,npgpu') },
  { name: 'nodes-pool-open', stage: 'idle', path: at('nodes?open=npapi,npgpu') },
  { name: 'nodes-search', stage: 'idle', path: at('nodes?search=nvidia') },
  { name: 'node-drawer', stage: 'idle', path: at('nodes?open=npapi'), open: openRow(/aks-npapi/) },
  { name: 'workloads', stage: 'idle', path: at('workloads') },
  { name: 'workload-drawer', stage: 'idle', path: at('workloads'), open: openRow(/batch\/license-server/) },
  { name: 'repair', stage: 'idle', path: at('nodes?repair=cluster'), open: filledDialog },
  { name: 'wizard-nodes', stage: 'idle', draftStep: 'nodes' },
  { name: 'wizard-preferences', stage: 'idle', draftStep: 'preferences' },
  { name: 'wizard-plan', stage: 'idle', draftStep: 'plan' },
  { name: 'wizard-launch', stage: 'idle', draftStep: 'launch' },
  { name: 'inventory', stage: 'idle', path: at('inventory') },
  { name: 'vngs', stage: 'idle', path: at('vngs') },
  { name: 'vng-dialog', stage: 'idle', path: at('vngs?create=pool&pool=npgpu'), open: filledDialog },
  { name: 'settings', stage: 'idle', path: '/settings' },
  { name: 'not-found', stage: 'idle', path: '/no-such-page' },
  { name: 'cluster-missing', stage: 'idle', path: '/clusters/o-nothere1/nodes' },
  { name: 'run-live', stage: 'running', isRun: true, readme: ['run-dark', 'dark'] },
  { name: 'stop-dialog', stage: 'running', isRun: true, open: stopDialog },
  { name: 'run-finished', stage: 'finished', isRun: true },
  { name: 'report', stage: 'finished', isRun: true, suffix: '/report' },
  { name: 'compare', stage: 'compared', isCompare: true },
  { name: 'runs', stage: 'finished', path: at('migrations'), readme: ['runs-light', 'light'] },
  { name: 'log', stage: 'finished', path: at('log') },
  { name: 'nodes-spot-down', stage: 'down', path: at('nodes') },
  { name: 'clusters-spot-down', stage: 'down', path: '/clusters' },
]

const stack = await startDemoStack(['--nodes', '60', '--speed', '60'])
const browser = await launchChromium()
const newPage = async (options = {}) => (await browser.newContext({ baseURL: stack.url, locale: 'en-GB', timezoneId: 'UTC', viewport: sizes.wide, reducedMotion: 'reduce', ...options })).newPage()

/** Waits until a page shows what it has to: its rows and charts, or why there are none. */
const settled = async (page, { stage, isRun }) => {
  await page.locator('main').locator('h1, p').first().waitFor()
  if (stage === 'down') await page.getByRole('main').getByText(/Spot answered with an error/).first().waitFor({ timeout: 90_000 })
  else {
    await page.locator('main [aria-busy=true]').first().waitFor({ state: 'detached' })
    await filled(page, 'main')
  }
  if (isRun) await page.locator('main .recharts-surface').first().waitFor()
  await page.evaluate(() => document.fonts.ready)
}

const photograph = async (page, shot, place, file) => {
  await page.goto(place)
  await settled(page, shot)
  await shot.open?.(page)
  await page.screenshot({ path: path.join(folder, `${file}.png`), animations: 'disabled' })
  say(file)
}

const placeOf = (shot, { draft, run, compared }) => {
  if (shot.isCompare) return `${at('migrations/compare')}?${compared}`
  if (shot.isRun) return run + (shot.suffix ?? '')
  return shot.draftStep ? `${draft.replace(/&?step=[^&]*/, '')}&step=${shot.draftStep}` : shot.path
}

/** Takes the shots of a stage as its person: in every theme and size, or README's alone at a reduced size. */
const takeStage = async (stage, places, storageState) => {
  const wanted = shots.filter((shot) => shot.stage === stage && (given || shot.readme))
  for (const colorScheme of themes)
    for (const [size, viewport] of given ? Object.entries(sizes) : [['readme', { width: 1280, height: 800 }]]) {
      const chosen = wanted.filter(({ readme }) => given || readme[1] === colorScheme)
      if (chosen.length === 0) continue
      const page = await newPage({ colorScheme, viewport, storageState })
      for (const shot of chosen) await photograph(page, shot, (!given && shot.readmePath) || placeOf(shot, places), given ? `${shot.name}-${colorScheme}-${size}` : shot.readme[0])
      await page.context().close()
    }
}

try {
  await takeStage('signed-out', {}, undefined)
  const page = await newPage()
  await signIn(page, stack.url)
  const draft = await choosePools(page, stack.url, ['npapi', 'npweb'])
  const storageState = await page.context().storageState()
  await takeStage('idle', { draft }, storageState)
  const run = await launch(page, 'web and api, wave 1')
  await page.getByText(/^([4-6]\d)\s?% settled/).first().waitFor({ timeout: 180_000 })
  // The run is not to end while it is photographed.
  await stack.admin.time({ speed: 1 })
  await takeStage('running', { run }, storageState)
  await stack.admin.time({ speed: 60 })
  await page.getByText(/^(Completed|Partly completed)/).first().waitFor({ timeout: 180_000 })
  await takeStage('finished', { run }, storageState)
  if (given) {
    await choosePools(page, stack.url, ['npbatch'])
    const second = await launch(page, 'batch, wave 2')
    await stack.admin.time({ speed: 600 })
    await page.getByText(/^(Completed|Partly completed)/).first().waitFor({ timeout: 180_000 })
    const [a, b] = [run, second].map((place) => place.split('/').at(-1))
    await takeStage('compared', { compared: `a=${a}&b=${b}` }, storageState)
  }
  await stack.admin.fault({ method: 'GET', pathContains: '/cluster', effect: { kind: 'status', status: 503 } })
  await takeStage('down', {}, storageState)
} finally {
  await browser.close()
  await stack.close()
}
process.exit(0)
