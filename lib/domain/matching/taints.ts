import type { VngSpec } from '@/lib/spot/schemas/vng'

/** A taint in the form in which virtual node groups carry it, with Kubernetes' spelling of the effect. */
export type Taint = VngSpec['taints'][number]

/**
 * Effects by their letters alone: nodes say `NO_SCHEDULE` (Spot API, Get Cluster Nodes), groups `NoSchedule`.
 * `PreferNoExecute` is allowed on groups (Spot API, Create Virtual Node Group) although Kubernetes has no such effect.
 */
const effects = new Map(['NoSchedule', 'PreferNoSchedule', 'NoExecute', 'PreferNoExecute'].map((effect) => [effect.toLowerCase(), effect]))

const plainEffect = (effect: string): string => effects.get(effect.toLowerCase().replaceAll('_', '')) ?? effect

/** `key=value:NO_SCHEDULE` as an object. What has no effect keeps it empty, an unknown one stays as it came. */
export const parseTaint = (text: string): Taint => {
  const colon = text.lastIndexOf(':')
  const pair = colon < 0 ? text : text.slice(0, colon)
  const equals = pair.indexOf('=')
  return {
    key: equals < 0 ? pair : pair.slice(0, equals),
    value: equals < 0 ? '' : pair.slice(equals + 1),
    effect: colon < 0 ? '' : plainEffect(text.slice(colon + 1)),
  }
}

/** One spelling for equal taints, `key=value:NoSchedule`, without `=` where there is no value. */
export const taintText = ({ key, value, effect }: Taint): string => `${key}${value === '' ? '' : `=${value}`}:${plainEffect(effect)}`

/** True for effects that keep pods away; the `Prefer` ones only advise. */
export const isHard = ({ effect }: Taint): boolean => plainEffect(effect).startsWith('No')
