import 'server-only'
import path from 'node:path'
import { z } from 'zod'

export type Env = {
  spotApiUrl: string
  databaseUrl: string | null
  dataDir: string
  /** The first seals and signs, all open and verify. */
  secrets: [string, ...string[]]
  publicUrl: string
  isPublicUrlSecure: boolean
  sessionIdleMinutes: number
  sessionMaxHours: number
  pollIntervalMs: number
  /** Days after its end that a run is kept; null: for ever. */
  retentionDays: number | null
  /** How Kubernetes is read, where it is. */
  kube: {
    kubeconfigFile: string | null
    /** Context of the kubeconfig by cluster id. */
    contexts: Record<string, string>
    /** The cluster that this process runs in and reads with its service account. */
    inClusterId: string | null
    mayExec: boolean
  }
  /** What the metrics ask for; null: they are open, like the health check. */
  metricsToken: string | null
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  isProduction: boolean
}

/**
 * One name everywhere: browsers accept `__Host-` and Secure on plain http of this machine too, and nowhere
 * else is plain http allowed.
 */
export const sessionCookieName = '__Host-slipway.session'

/** Start-up settings that do not hold; `problems` has one sentence for each fault. */
export class EnvError extends Error {
  readonly problems: string[]
  constructor(problems: string[]) {
    super(problems.join('\n'))
    this.name = 'EnvError'
    this.problems = problems
  }
}

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]'])

const parseUrl = (text: string): URL | null => {
  try {
    return new URL(text)
  } catch {
    return null
  }
}

/** An origin that is https, or http on this machine. */
const origin = (name: string) =>
  z.string().transform((text, ctx) => {
    const url = parseUrl(text)
    const isWeb = url !== null && (url.protocol === 'https:' || url.protocol === 'http:')
    if (!isWeb) ctx.addIssue({ code: 'custom', message: `${name} must be an address such as https://example.com.` })
    else if (url.protocol === 'http:' && !loopbackHosts.has(url.hostname))
      ctx.addIssue({ code: 'custom', message: `${name} must begin with https: plain http is allowed on this machine only.` })
    else if (url.username !== '' || url.password !== '') ctx.addIssue({ code: 'custom', message: `${name} must not hold a user name or password.` })
    else if (url.href !== `${url.origin}/`) ctx.addIssue({ code: 'custom', message: `${name} must end after the host and port: set it to ${url.origin}.` })
    return isWeb ? url.origin : ''
  })

/** Words of secrets that stand in templates and manuals. What is left without them must be long enough by itself. */
const weakWords = /secret|password|change|please|replace|nextauth|next|auth|default|example|sample|your|this|here|insecure|production|development|test|demo|slipway|abcdefghijklmnopqrstuvwxyz|qwertyuiop|0123456789|1234567890/g
const leastOwnCharacters = 16

/** Why a secret is too weak to be used, or null. Length is counted in bytes; sameness in distinct characters. */
const weakness = (secret: string): string | null => {
  if (Buffer.byteLength(secret) < 32) return 'is shorter than 32 bytes'
  if (new Set(secret).size < 10 || /^(.+?)\1+$/s.test(secret)) return 'repeats the same few characters'
  const own = secret.toLowerCase().replace(weakWords, '').replace(/[^a-z0-9]/g, '')
  return own.length < leastOwnCharacters ? 'is made of words that stand in manuals' : null
}

const howToMake = 'Make one with: openssl rand -base64 48'

const strongSecret = (name: string) =>
  z.string().superRefine((secret, ctx) => {
    const reason = weakness(secret)
    if (reason !== null) ctx.addIssue({ code: 'custom', message: `${name} ${reason}. ${howToMake}` })
  })

const wholeNumber = (name: string, low: number, high: number, fallback: number) =>
  z
    .string()
    .optional()
    .transform((text, ctx) => {
      if (text === undefined) return fallback
      const value = Number(text)
      if (!Number.isInteger(value) || value < low || value > high) ctx.addIssue({ code: 'custom', message: `${name} must be a whole number from ${low} to ${high}.` })
      return value
    })

/** Several hosts, parted by commas, are the driver's own way to name a standby. */
const isPostgresUrl = (text: string): boolean => {
  const url = parseUrl(text.replace(/,[^/?]*/, ''))
  return url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.hostname !== '' && !/%(?![0-9a-f]{2})/i.test(text)
}

const missing = (message: string) => ({ error: (issue: { input?: unknown }) => (issue.input === undefined ? message : undefined) })

/** `o-1=prod,o-2=edge`. */
const contexts = z
  .string()
  .default('')
  .transform((text, ctx) => {
    const pairs = text.split(',').map((part) => part.trim()).filter((part) => part !== '')
    return Object.fromEntries(
      pairs.flatMap((pair) => {
        const [, clusterId, context] = /^(o-[\w-]+)=(.+)$/.exec(pair) ?? []
        if (clusterId !== undefined && context !== undefined) return [[clusterId, context.trim()]]
        ctx.addIssue({ code: 'custom', message: `KUBE_CONTEXTS must name pairs such as o-12345678=prod-weu, parted by commas; "${pair}" is none.` })
        return []
      }),
    )
  })

const schema = z.object({
  SPOT_API_URL: origin('SPOT_API_URL').prefault('https://api.spotinst.io'),
  DATABASE_URL: z.string().refine(isPostgresUrl, 'DATABASE_URL must be an address such as postgres://user:password@host:5432/slipway, with special characters percent-encoded.').optional(),
  SLIPWAY_DATA_DIR: z.string().min(1).default('.slipway'),
  NEXTAUTH_SECRET: z.string(missing(`NEXTAUTH_SECRET is not set. ${howToMake}`)).pipe(strongSecret('NEXTAUTH_SECRET')),
  SLIPWAY_PREVIOUS_SECRETS: z
    .string()
    .default('')
    .transform((text) => text.split(',').map((part) => part.trim()).filter((part) => part !== ''))
    .pipe(z.array(strongSecret('SLIPWAY_PREVIOUS_SECRETS: a secret'))),
  NEXTAUTH_URL: z.string(missing('NEXTAUTH_URL is not set. Set it to the address people open, such as https://slipway.example.com.')).pipe(origin('NEXTAUTH_URL')),
  SLIPWAY_SESSION_IDLE_MINUTES: wholeNumber('SLIPWAY_SESSION_IDLE_MINUTES', 1, 1440, 60),
  SLIPWAY_SESSION_MAX_HOURS: wholeNumber('SLIPWAY_SESSION_MAX_HOURS', 1, 168, 12),
  SLIPWAY_POLL_INTERVAL_MS: wholeNumber('SLIPWAY_POLL_INTERVAL_MS', 250, 60_000, 3000),
  SLIPWAY_RETENTION_DAYS: wholeNumber('SLIPWAY_RETENTION_DAYS', 0, 3650, 0),
  KUBECONFIG_FILE: z.string().min(1).optional(),
  KUBE_CONTEXTS: contexts,
  KUBE_IN_CLUSTER: z.string().regex(/^o-[\w-]+$/, 'KUBE_IN_CLUSTER must be the id of the Ocean cluster that Slipway runs in, such as o-12345678.').optional(),
  KUBE_ALLOW_EXEC: z.enum(['true', 'false'], { error: 'KUBE_ALLOW_EXEC must be true or false.' }).default('false'),
  SLIPWAY_METRICS_TOKEN: z.string().regex(/^[\x21-\x7e]{16,}$/, 'SLIPWAY_METRICS_TOKEN must have at least 16 characters and no spaces.').optional(),
  SLIPWAY_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent'], { error: 'SLIPWAY_LOG_LEVEL must be debug, info, warn, error or silent.' }).default('info'),
})

/** Empty values count as not set: shells and compose files write them so. */
const present = (source: Record<string, string | undefined>) => Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''))

/** Reads the settings. Throws EnvError that lists every fault at once. */
export const readEnv = (source: Record<string, string | undefined>): Env => {
  const parsed = schema.safeParse(present(source))
  if (!parsed.success) throw new EnvError(parsed.error.issues.map(({ message, path: at }) => (message.includes(String(at[0])) ? message : `${String(at[0])}: ${message}`)))
  const values = parsed.data
  return {
    spotApiUrl: values.SPOT_API_URL,
    databaseUrl: values.DATABASE_URL ?? null,
    dataDir: path.resolve(values.SLIPWAY_DATA_DIR),
    secrets: [values.NEXTAUTH_SECRET, ...values.SLIPWAY_PREVIOUS_SECRETS],
    publicUrl: values.NEXTAUTH_URL,
    isPublicUrlSecure: values.NEXTAUTH_URL.startsWith('https:'),
    sessionIdleMinutes: values.SLIPWAY_SESSION_IDLE_MINUTES,
    sessionMaxHours: values.SLIPWAY_SESSION_MAX_HOURS,
    pollIntervalMs: values.SLIPWAY_POLL_INTERVAL_MS,
    retentionDays: values.SLIPWAY_RETENTION_DAYS === 0 ? null : values.SLIPWAY_RETENTION_DAYS,
    kube: {
      kubeconfigFile: values.KUBECONFIG_FILE === undefined ? null : path.resolve(values.KUBECONFIG_FILE),
      contexts: values.KUBE_CONTEXTS,
      inClusterId: values.KUBE_IN_CLUSTER ?? null,
      mayExec: values.KUBE_ALLOW_EXEC === 'true',
    },
    metricsToken: values.SLIPWAY_METRICS_TOKEN ?? null,
    logLevel: values.SLIPWAY_LOG_LEVEL,
    isProduction: source.NODE_ENV === 'production',
  }
}

let known: Env | undefined

/** The settings of this process, read once. The only reader of `process.env`. */
export const env = (): Env => (known ??= readEnv(process.env))
