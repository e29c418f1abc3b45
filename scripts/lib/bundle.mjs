import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import path from 'node:path'
import { fromRoot } from './project.mjs'

const built = (...parts) => readFileSync(fromRoot('.next', ...parts))
const json = (...parts) => JSON.parse(built(...parts).toString('utf8'))

const sizes = new Map()
const gzipped = (chunk) => {
  if (!sizes.has(chunk)) sizes.set(chunk, gzipSync(built(chunk)).length)
  return sizes.get(chunk)
}

const bytesOf = (chunks) => [...new Set(chunks)].reduce((total, chunk) => total + gzipped(chunk), 0)

/** The manifest is a script that fills one global by the name of the page. */
const manifestOf = (page) => {
  const scope = {}
  runInNewContext(built('server/app', `${page}_client-reference-manifest.js`).toString('utf8'), { globalThis: scope })
  return scope.__RSC_MANIFEST[page]
}

/**
 * Gzipped bytes of JavaScript that each page of the last build loads before it can be used, largest first.
 * `emptyBytes` is what Next itself loads for a page with nothing on it.
 */
export const firstLoad = () => {
  const framework = json('build-manifest.json').rootMainFiles
  const pages = Object.entries(json('app-path-routes-manifest.json')).filter(([page, route]) => path.posix.basename(page) === 'page' && !route.startsWith('/_'))
  const rows = pages.map(([page, route]) => ({ route, bytes: bytesOf([...framework, ...Object.values(manifestOf(page).entryJSFiles).flat()]) }))
  return { emptyBytes: bytesOf(framework), pages: rows.sort((a, b) => b.bytes - a.bytes) }
}
