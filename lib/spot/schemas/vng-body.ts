import { z } from 'zod'
import { whyNotLabel, whyNotTaint, whyNotValue } from './vng-keys'

/** Ranges as Create and Update Virtual Node Group document them. A null takes the template's value again. */
const whole = (low: number, high = Number.MAX_SAFE_INTEGER) => {
  const sentence = high === Number.MAX_SAFE_INTEGER ? `Enter a whole number of at least ${low}.` : `Enter a whole number from ${low} to ${high}.`
  return z.number(sentence).int(sentence).min(low, sentence).max(high, sentence).nullish()
}
const least = (low: number) => z.number(`Enter a number of at least ${low}.`).min(low, `Enter a number of at least ${low}.`).nullish()
const flag = z.boolean('Choose true or false.').nullish()
const choice = <const Values extends readonly [string, ...string[]]>(values: Values) => z.enum(values, `Choose one of ${values.join(', ')}.`).nullish()
const texts = z.array(z.string('Enter text.').min(1, 'Leave no entry empty.'), 'Enter a list.').nullish()
const object = <Shape extends z.ZodRawShape>(shape: Shape) => z.looseObject(shape, 'Enter an object.').nullish()

const pairs = (most: number, what: string) => z.record(z.string(), z.string(`The value of a ${what} is text.`), `Enter the ${what}s as an object.`).refine((map) => Object.keys(map).length <= most, `At most ${most} ${what}s are allowed.`)

const labels = pairs(1_000, 'label').superRefine((map, context) => {
  for (const [key, value] of Object.entries(map)) {
    const message = whyNotLabel(key) ?? whyNotValue(value)
    if (message !== null) context.addIssue({ code: 'custom', path: [key], message })
  }
})

export const taintEffects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute', 'PreferNoExecute'] as const

const taint = z
  .strictObject({
    key: z.string('Enter a key.'),
    value: z.string('The value of a taint is text.').nullish(),
    effect: z.enum(taintEffects, `Choose one of ${taintEffects.join(', ')}.`),
  })
  .superRefine(({ key, value }, context) => {
    const faults = { key: whyNotTaint(key), value: whyNotValue(value ?? '') }
    for (const [path, message] of Object.entries(faults)) if (message !== null) context.addIssue({ code: 'custom', path: [path], message })
  })

const taints = z.array(taint, 'Enter a list of taints.').superRefine((list, context) => {
  const seen = new Set<string>()
  for (const [index, { key, effect }] of list.entries()) {
    if (seen.has(`${key}:${effect}`)) context.addIssue({ code: 'custom', path: [index, 'key'], message: 'This key stands twice with the same effect.' })
    seen.add(`${key}:${effect}`)
  }
})

const filters = object({
  minVCpu: whole(2),
  maxVCpu: whole(2),
  minMemoryGiB: least(4),
  maxMemoryGiB: least(0),
  minGpu: least(0),
  maxGpu: least(0),
  architectures: texts,
  series: texts,
  excludeSeries: texts,
})

/** What a virtual node group may be given (Spot API, Create Virtual Node Group). Fields that nest further are passed on as they are. */
const fields = {
  availabilityZones: texts,
  nodePoolProperties: object({
    maxPodsPerNode: whole(0, 250),
    enableNodePublicIP: flag,
    osDiskSizeGB: whole(0, 1023),
    osDiskType: choice(['Managed', 'Ephemeral']),
    osType: choice(['Linux', 'Windows']),
    osSKU: choice(['Ubuntu', 'AzureLinux', 'CBLMariner', 'Windows2019', 'Windows2022']),
    kubernetesVersion: z.string('Enter a version as text, like 1.31.').nullish(),
  }),
  nodeCountLimits: object({ minCount: whole(0), maxCount: whole(0) }),
  strategy: object({ spotPercentage: whole(0, 100), fallbackToOd: flag, drainingTimeout: whole(300, 3600), orientation: choice(['cost', 'availability']), shouldUtilizeCommitments: flag }),
  autoScale: object({ autoHeadroomPercentage: whole(0, 200) }),
  labels: labels.nullish(),
  taints: taints.nullish(),
  tags: pairs(20, 'tag').nullish(),
  vmSizes: object({ preferredVmSizes: texts, filters }),
  scheduling: object({}),
  restrictScaleDown: flag,
}

const name = z.string('Enter a name.').trim().min(1, 'Enter a name.').max(255, 'A name is at most 255 characters long.')

const known = new Set(['name', ...Object.keys(fields)])

/** Says of each field that does not exist where it stands, so that a misspelt one is found. */
const withoutUnknown = (value: Record<string, unknown>, context: z.RefinementCtx) => {
  for (const key of Object.keys(value)) if (!known.has(key)) context.addIssue({ code: 'custom', path: [key], message: `A virtual node group has no field ${key}.` })
}

export const newVngBody = z.looseObject({ ...fields, name }).superRefine(withoutUnknown)
export type NewVngBody = z.infer<typeof newVngBody>

/** Only what changes; nested fields that are not named stay as they are. */
export const vngChanges = z.looseObject({ ...fields, name: name.optional() }, 'Enter an object.').superRefine(withoutUnknown)
export type VngChanges = z.infer<typeof vngChanges>

/** One group with every field the API has for it, verbatim: what is not known here must survive an edit. */
export const vngDocument = z.looseObject({ id: z.string(), oceanId: z.string().nullish() })
export type VngDocument = z.infer<typeof vngDocument>

/** What the API would create for a node pool (Spot API, Import Virtual Node Group): nothing is created. */
export const importedVng = z.object({ virtualNodeGroup: z.record(z.string(), z.unknown()) })

/** Sizes that a group's filters let through (Spot API, Get Allowed VM Sizes). */
export const allowedVmSizes = z.object({ allowedVmSizes: z.array(z.string()).nullish().transform((sizes) => sizes ?? []) })
