import { z } from 'zod'
import type { TwinCommand } from '@/lib/twin/types'
import { tokenInput } from '../admin-types'
import { wireInput } from '../wire-input'

/** Raised when what is written, or how a twin answers it, changes: a file of before is then refused. */
export const stateFormat = 2

/** What the worlds are made from; a file with another cannot be gone on with. */
export type Origin = { seed: number; nodes: number; pods: number | null; scenario: string }

const origin = z.strictObject({ seed: z.number(), nodes: z.number(), pods: z.number().nullable(), scenario: z.string() })

/** From `wallMs` on the twins' time is `twinMs` and passes `speed` times as fast as the wall's. */
const anchor = z.strictObject({ wallMs: z.number(), twinMs: z.number(), speed: z.number() })
export type Anchor = z.infer<typeof anchor>

export const header = z.object({ kind: z.literal('slipway-simulator-state'), format: z.literal(stateFormat), origin, start: anchor })
export type Header = z.infer<typeof header>

/** A command is checked by its kind only: this process wrote it, and `result` tells whether a twin still answers it alike. */
const command = z.custom<TwinCommand>((value) => typeof (value as { kind?: unknown } | null)?.kind === 'string')

const deed = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('command'), atMs: z.number(), clusterId: z.string(), command, result: z.string() }),
  z.strictObject({ kind: z.literal('add-cluster'), atMs: z.number(), clusterId: z.string(), accountId: z.string(), name: z.string(), region: z.string() }),
  z.strictObject({ kind: z.literal('remove-cluster'), atMs: z.number(), clusterId: z.string() }),
])

/** Something done to the clusters, at `atMs` of twin time. Plain data: the same deeds on the same clusters give the same state. */
export type Deed = z.infer<typeof deed>

export const entry = z.union([
  deed,
  z.strictObject({ kind: z.literal('clock'), anchor }),
  z.strictObject({ kind: z.literal('token'), input: tokenInput }),
  z.strictObject({ kind: z.literal('wire'), input: wireInput }),
])
export type Entry = z.infer<typeof entry>
