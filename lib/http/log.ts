import 'server-only'
import pino from 'pino'
import type { Env } from '@/lib/env'

const secretNames = ['token', 'authorization', 'cookie', 'password', 'secret', 'sealedToken']

/** The process's log: one event, one line of JSON on standard output, with secrets blanked by name. */
export const createLog = ({ logLevel }: Pick<Env, 'logLevel'>, destination?: pino.DestinationStream) =>
  pino(
    {
      level: logLevel,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
    },
    destination,
  )
