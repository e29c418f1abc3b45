import { z } from 'zod'

export const kubeToken = 'kube-token'

const texts = z.record(z.string(), z.string())

const metadata = z.looseObject({
  name: z.string(),
  namespace: z.string().optional(),
  uid: z.string(),
  resourceVersion: z.string(),
  creationTimestamp: z.string(),
  deletionTimestamp: z.string().optional(),
  labels: texts.default({}),
  annotations: texts.default({}),
  ownerReferences: z.array(z.object({ kind: z.string(), name: z.string(), uid: z.string() }).loose()).default([]),
})

/** What every object has. Specs and states are read by the test that looks at them. */
export const kubeObject = z.looseObject({ metadata, spec: z.record(z.string(), z.unknown()).default({}), status: z.record(z.string(), z.unknown()).default({}) })
export type KubeObject = z.infer<typeof kubeObject>

const list = z.looseObject({
  kind: z.string(),
  apiVersion: z.string(),
  metadata: z.object({ resourceVersion: z.string(), continue: z.string().optional(), remainingItemCount: z.number().optional() }),
  items: z.array(kubeObject),
})

const failure = z.object({ kind: z.literal('Status'), apiVersion: z.literal('v1'), metadata: z.object({}), status: z.literal('Failure'), message: z.string(), reason: z.string(), details: z.unknown().optional(), code: z.number() })

/** One GET or other request to a cluster, `o-demo0001` unless said otherwise. */
export const ask = (kubeUrl: string | null, path: string, init: RequestInit & { token?: string | null; clusterId?: string } = {}): Promise<Response> => {
  const { token = kubeToken, clusterId = 'o-demo0001', headers, ...rest } = init
  return fetch(`${kubeUrl}/clusters/${clusterId}${path}`, { ...rest, headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers } })
}

export const readAll = async (kubeUrl: string | null, path: string) => list.parse(await (await ask(kubeUrl, path)).json())

export const readOne = async (kubeUrl: string | null, path: string): Promise<KubeObject> => kubeObject.parse(await (await ask(kubeUrl, path)).json())

/** The Status object of a refusal. */
export const refusalOf = async (response: Response) => {
  const status = failure.parse(await response.json())
  return { http: response.status, ...status }
}

export const namesOf = ({ items }: { items: KubeObject[] }): string[] => items.map(({ metadata: { name } }) => name)

const frame = z.object({ type: z.enum(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']), object: z.record(z.string(), z.unknown()) })
export type Frame = z.infer<typeof frame>

/** The frames of a watch as they come; ends with it, or when it is left. */
export async function* watchFrames(kubeUrl: string | null, path: string, headers: Record<string, string> = {}): AsyncGenerator<Frame> {
  const leave = new AbortController()
  const response = await ask(kubeUrl, path, { headers, signal: leave.signal })
  let text = ''
  try {
    for await (const chunk of (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream() as unknown as ReadableWritablePair<string, Uint8Array>)) {
      text += chunk
      const lines = text.split('\n')
      text = lines.pop() ?? ''
      for (const line of lines) yield frame.parse(JSON.parse(line))
    }
  } finally {
    leave.abort()
  }
}

/** All frames of a watch that ends by itself. */
export const framesOf = async (kubeUrl: string | null, path: string, headers?: Record<string, string>): Promise<Frame[]> => {
  const frames: Frame[] = []
  for await (const one of watchFrames(kubeUrl, path, headers)) frames.push(one)
  return frames
}
