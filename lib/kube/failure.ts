import 'server-only'

type FailureKind = 'unauthorized' | 'forbidden' | 'missing' | 'expired' | 'busy' | 'answer' | 'unreachable' | 'broken' | 'tls' | 'timeout' | 'too-large' | 'unreadable' | 'settings'

/** A read that did not succeed. Sentence and remedy are for people and hold no address, token or answer of the cluster. */
export class KubeReadError extends Error {
  readonly kind: FailureKind
  readonly remedy: string
  /** For how long the server wants to be left alone; null where it does not say. */
  readonly retryAfterMs: number | null
  constructor(kind: FailureKind, sentence: string, remedy: string, retryAfterMs: number | null = null) {
    super(sentence)
    this.name = 'KubeReadError'
    this.kind = kind
    this.remedy = remedy
    this.retryAfterMs = retryAfterMs
  }
}

const tryLater = 'Try again; if it stays, look at the API server.'

/** Kubernetes gives whole seconds. */
const pauseMs = (retryAfter: string | undefined): number | null => (retryAfter !== undefined && /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : null)

/** The failure that a status of the API server stands for; `resource` is what was asked, `pods`. */
export const statusFailure = (status: number, resource: string, retryAfter?: string): KubeReadError => {
  if (status === 401) return new KubeReadError('unauthorized', 'Kubernetes did not accept the credentials (401).', 'Renew the credentials in the kubeconfig.')
  if (status === 403) return new KubeReadError('forbidden', `Kubernetes does not let Slipway list ${resource} (403).`, `Grant list on ${resource} with the read-only role in docs/kubernetes-read-access.yaml.`)
  if (status === 404) return new KubeReadError('missing', `This cluster does not offer ${resource} (404).`, 'Check the address and the version of the cluster.')
  if (status === 410) return new KubeReadError('expired', `The list of ${resource} changed too fast to be read page by page (410).`, tryLater)
  if (status === 429 || status === 503) return new KubeReadError('busy', `The API server is too busy to list ${resource} (${status}).`, 'Wait a minute and read again.', pauseMs(retryAfter))
  return new KubeReadError('answer', `The API server answered with status ${status} when asked for ${resource}.`, tryLater)
}

const tlsCodes = /^(CERT_|ERR_TLS|ERR_SSL|ERR_OSSL|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO)/

/** The connection stood and broke: what was asked may be asked again. */
const brokenCodes: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'Z_BUF_ERROR'])

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '')

/** The failure that an error of the connection stands for. */
export const connectionFailure = (error: unknown): KubeReadError => {
  if (error instanceof KubeReadError) return error
  const code = codeOf(error)
  const name = error instanceof Error ? error.name : ''
  if (name === 'TimeoutError' || name === 'AbortError' || code === 'ABORT_ERR') return new KubeReadError('timeout', 'The API server did not answer in time.', tryLater)
  if (tlsCodes.test(code)) return new KubeReadError('tls', `The certificate of the API server was not accepted (${code}).`, 'Check certificate-authority and tls-server-name in the kubeconfig.')
  if (brokenCodes.has(code)) return new KubeReadError('broken', `The connection to the API server broke (${code}).`, tryLater)
  return new KubeReadError('unreachable', `The API server cannot be reached${code === '' ? '' : ` (${code})`}.`, 'Check the address in the kubeconfig and the network between Slipway and the cluster.')
}
