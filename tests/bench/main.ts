import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { startStack } from '@/tests/e2e/support/stack'
import { signedIn } from './browser'
import { benchBundles } from './bundles'
import { benchMatching, matchingLine } from './matching'
import { ratio } from './measure'
import { benchPolls, pollsLine } from './polls'
import { benchReadiness, readinessLine } from './readiness'
import { benchRehearsal, rehearsalLine } from './rehearsal'
import { benchRoutes } from './routes'
import { benchScreen } from './screen'
import { benchTwin, twinExcess, twinLines } from './twin'
import { benchViewers } from './viewers'

const isShort = process.argv.includes('--short')
const requests = isShort ? 20 : 200
const turns = isShort ? 3 : 10
const polls = isShort ? 50 : 500
const heldMs = isShort ? 10_000 : 60_000

const say = (text: string) => process.stdout.write(`${text}\n`)

/** One size of cluster: the routes, then the screen. */
const atSize = async (nodes: number, alone: boolean) => {
  const stack = await startStack({ nodes, rateLimit: 1_000_000 })
  try {
    const { page, cookie, close } = await signedIn(stack)
    const routes = await benchRoutes(stack, cookie, nodes > 1_000 ? Math.ceil(requests / 4) : requests)
    say(`${nodes} nodes: list ${routes.listNodes.p50Ms} ms, ${routes.listNodesToStraight.p50} x straight (p99 ${routes.listNodesToStraight.p99}), ${routes.listNodesToTrivial.p50} x trivial (p99 ${routes.listNodesToTrivial.p99}), ${routes.answerBytes.gzip} bytes gzipped`)
    const screen = await benchScreen(page, turns)
    say(`${nodes} nodes: first rows ${screen.firstRowsMs} ms, filter ${screen.filterToRowsMs} ms, select all ${screen.selectAllMs} ms, longest task ${screen.longestTaskMs} ms, heap ${Math.round(screen.heapBytes / 1_048_576)} MiB`)
    const bundles = alone ? await benchBundles(stack, cookie) : null
    const viewers = alone ? await benchViewers(stack, cookie, { counts: [1, 20, 200, 2_000], heldMs }) : null
    const readings = alone ? null : await benchPolls(stack, polls)
    if (readings) say(pollsLine(readings))
    await close()
    return { nodes, routes, screen, bundles, viewers, readings }
  } finally {
    await stack.close()
  }
}

const main = async () => {
  const twin = benchTwin()
  for (const line of twinLines(twin)) say(line)
  const matching = benchMatching()
  say(matchingLine(matching))
  const readiness = benchReadiness()
  say(readinessLine(readiness))
  const rehearsal = { withKubernetes: await benchRehearsal(true), withoutKubernetes: await benchRehearsal(false) }
  for (const line of Object.values(rehearsal)) say(rehearsalLine(line))
  const { nodes: few, routes: fewRoutes, screen: fewScreen, bundles, viewers } = await atSize(100, true)
  const small = { nodes: few, routes: fewRoutes, screen: fewScreen }
  for (const { viewers: count, pollsPerSecond } of viewers?.measured ?? []) say(`${count} viewers: ${pollsPerSecond} upstream polls a second`)
  if (viewers) say(`a viewer: ${Math.round(viewers.bytesPerViewer / 1024)} KiB that stay after collecting garbage, ${viewers.toBare} x a bare stream of Node; ${Math.round(viewers.held.grownBytesPerViewer / 1024)} KiB more after ${viewers.held.seconds} s, a fifth of them never reading`)
  for (const [name, { gzipBytes, aboveEmpty, toEmpty }] of Object.entries(bundles?.pages ?? {})) say(`${name}: ${Math.round(gzipBytes / 1024)} KiB of script gzipped, ${Math.round(aboveEmpty / 1024)} above an empty page, ${toEmpty} x`)
  const { nodes, routes, screen, readings } = await atSize(10_000, false)
  const large = { nodes, routes, screen }
  const ratios = {
    listNodesLargeToSmall: ratio(routes.listNodes.p50Ms, small.routes.listNodes.p50Ms),
    filterLargeToSmall: ratio(screen.filterToRowsMs, small.screen.filterToRowsMs),
    selectAllLargeToSmall: ratio(screen.selectAllMs, small.screen.selectAllMs),
    pollsManyToOne: ratio(viewers?.measured.at(-1)?.pollsPerSecond ?? Number.NaN, viewers?.measured[0]?.pollsPerSecond ?? Number.NaN),
  }
  const results = { isShort, node: process.version, ratios, twin, matching, readiness, rehearsal, viewers, readings, bundles, small, large }
  await writeFile(path.join(import.meta.dirname, 'results.json'), `${JSON.stringify(results, null, 2)}\n`)
  say(JSON.stringify(ratios))
  const excess = twinExcess(twin)
  if (excess.length > 0) throw new Error(excess.join(' '))
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exit(1)
  },
)
