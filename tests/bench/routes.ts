import { gunzipSync } from 'node:zlib'
import { request } from 'node:http'
import { routes } from '@/lib/routes'
import type { Stack } from '@/tests/e2e/support/stack'
import { ratio, ratiosOf, timed } from './measure'

const clusterId = 'o-demo0001'

/** One GET whose body is read to its end, as it came over the wire. */
export const get = (url: string, headers: Record<string, string> = {}): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const sent = request(url.replace('//localhost', '//127.0.0.1'), { headers: { host: new URL(url).host, ...headers } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => (response.statusCode === 200 ? resolve(Buffer.concat(chunks)) : reject(new Error(`${url}: ${response.statusCode} ${Buffer.concat(chunks).toString().slice(0, 200)}`))))
    })
    sent.on('error', reject)
    sent.end()
  })

const upstream = (path: string) => `/ocean/azure/np/cluster/${clusterId}${path}?accountId=act-demo0001`

/** Our list of nodes against what it is made of, read straight from the simulator, and against a trivial route. */
export const benchRoutes = async ({ url, simulatorUrl }: Stack, cookie: string, count: number) => {
  const bearer = { authorization: 'Bearer demo-token' }
  const ours = url + routes.api.nodes(clusterId)
  const discovery = await timed(() => get(simulatorUrl + upstream('/migration/discovery'), bearer), count)
  const clusterNodes = await timed(() => get(simulatorUrl + upstream('/nodes'), bearer), count)
  const trivial = await timed(() => get(`${url}/api/health`), count)
  // Upstream reads are shared for ten seconds: the first call pays for them, most do not.
  const first = await timed(() => get(ours, { cookie }), 1, 0)
  const listNodes = await timed(() => get(ours, { cookie }), count)
  const [raw, gzipped] = [await get(ours, { cookie }), await get(ours, { cookie, 'accept-encoding': 'gzip' })]
  const isSame = gunzipSync(gzipped).length === raw.length
  const straight = { p50Ms: discovery.p50Ms + clusterNodes.p50Ms, p99Ms: discovery.p99Ms + clusterNodes.p99Ms }
  return {
    listNodes,
    listNodesFirstMs: first.p50Ms,
    straight: { discovery, clusterNodes },
    trivial,
    listNodesToStraight: ratiosOf(listNodes, straight),
    firstToStraight: ratio(first.p50Ms, straight.p50Ms),
    listNodesToTrivial: ratiosOf(listNodes, trivial),
    answerBytes: { raw: raw.length, gzip: gzipped.length, isSame },
  }
}
