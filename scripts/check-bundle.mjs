// Prints the JavaScript that each page of the last build loads first, and fails on a page above the limit.
import { buildIfStale } from './lib/ensure.mjs'
import { fail, requireNode, say } from './lib/project.mjs'
import { firstLoad } from './lib/bundle.mjs'

/** Charts, forms of the wizard and the palette load late; a page that takes them along passes this at once. */
const mostTimesEmpty = 2.5

requireNode()
if (!(await buildIfStale())) fail('The app could not be built; see above.')

const { emptyBytes, pages } = firstLoad()
const kib = (bytes) => `${(bytes / 1024).toFixed(0)} KiB`.padStart(8)
const times = (bytes) => (bytes / emptyBytes).toFixed(2)

say(`${kib(emptyBytes)}  1.00  an empty page`)
for (const { route, bytes } of pages) say(`${kib(bytes)}  ${times(bytes)}  ${route}`)

const heavy = pages.filter(({ bytes }) => bytes > mostTimesEmpty * emptyBytes)
if (heavy.length > 0) fail(`More than ${mostTimesEmpty} times an empty page: ${heavy.map(({ route }) => route).join(', ')}.`)
