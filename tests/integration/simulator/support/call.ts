import { z } from 'zod'

export const demoCluster = '/ocean/azure/np/cluster/o-demo0001'
export const edgeCluster = '/ocean/azure/np/cluster/o-demo0002'
export const groupsPath = '/ocean/azure/np/virtualNodeGroup'

export type CallOptions = { method?: string; token?: string | null; body?: unknown; rawBody?: string; account?: string | null; headers?: Record<string, string>; signal?: AbortSignal }

/** The documented envelope, as strictly as the contract words it. */
const answer = z.object({
  request: z.object({ id: z.string(), url: z.string(), method: z.string(), timestamp: z.iso.datetime() }),
  response: z.object({
    status: z.object({ code: z.number(), message: z.string() }),
    kind: z.string().optional(),
    items: z.array(z.record(z.string(), z.unknown())).optional(),
    count: z.number().optional(),
    errors: z.array(z.object({ code: z.string(), message: z.string(), field: z.string().optional() })).optional(),
    data: z.string().optional(),
  }),
})

const bodyOf = ({ body, rawBody }: CallOptions) => rawBody ?? (body === undefined ? undefined : JSON.stringify(body))

/** One raw request, answered as it came. */
export const send = (baseUrl: string, path: string, options: CallOptions = {}): Promise<Response> => {
  const { method = 'GET', token = 'demo-token', account = 'act-demo0001', headers = {}, signal } = options
  const separator = path.includes('?') ? '&' : '?'
  const body = bodyOf(options)
  return fetch(`${baseUrl}${path}${account === null ? '' : `${separator}accountId=${account}`}`, {
    method,
    headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers },
    ...(body === undefined ? {} : { body }),
    ...(signal === undefined ? {} : { signal }),
  })
}

/** One request whose answer must be an envelope. */
export const call = async (baseUrl: string, path: string, options: CallOptions = {}) => {
  const response = await send(baseUrl, path, options)
  const json: unknown = await response.json()
  const { request, response: body } = answer.parse(json)
  return { status: response.status, headers: response.headers, json, request, body, items: body.items ?? [], errors: body.errors ?? [] }
}

/** Items of an answer through one of the product's own schemas. */
export const readItems = async <Schema extends z.ZodType>(schema: Schema, baseUrl: string, path: string, options: CallOptions = {}): Promise<z.output<Schema>[]> => {
  const { items } = await call(baseUrl, path, options)
  return z.array(schema).parse(items)
}
