/** A refusal in Kubernetes' words: becomes a Status object. */
export class KubeFailure extends Error {
  readonly code: number
  readonly reason: string
  readonly details: object | undefined
  constructor(code: number, reason: string, message: string, details?: object) {
    super(message)
    this.code = code
    this.reason = reason
    this.details = details
  }
}

/** The Status object of a failure (Kubernetes, API conventions, "Response Status Kind"). */
export const statusOf = ({ code, reason, message, details }: KubeFailure) => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  message,
  reason,
  ...(details === undefined ? {} : { details }),
  code,
})

export const badRequest = (message: string) => new KubeFailure(400, 'BadRequest', message)
export const unauthorized = () => new KubeFailure(401, 'Unauthorized', 'Unauthorized')
export const readOnly = () => new KubeFailure(405, 'MethodNotAllowed', 'the simulated cluster can only be read')
export const noWatch = () => new KubeFailure(405, 'MethodNotAllowed', 'only pods and nodes can be watched here')
export const noSuchPath = () => new KubeFailure(404, 'NotFound', 'the server could not find the requested resource')
export const noSuchObject = (group: string, plural: string, name: string) =>
  new KubeFailure(404, 'NotFound', `${plural}${group === '' ? '' : `.${group}`} "${name}" not found`, { name, ...(group === '' ? {} : { group }), kind: plural })
export const notAcceptable = () => new KubeFailure(406, 'NotAcceptable', 'only the following media types are accepted: application/json')
export const expiredToken = () =>
  new KubeFailure(410, 'Expired', 'The provided continue parameter is too old to display a consistent list result. You must start a new list without the continue parameter.')
export const expiredVersion = (version: number, oldest: number) => new KubeFailure(410, 'Expired', `too old resource version: ${version} (${oldest})`)
export const tooLargeVersion = (version: number, current: number) =>
  new KubeFailure(504, 'Timeout', `Too large resource version: ${version}, current: ${current}`, { retryAfterSeconds: 1, causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }] })
