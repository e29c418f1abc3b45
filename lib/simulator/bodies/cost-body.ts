import { z } from 'zod'

const hourMs = 3_600_000

/** RFC 3339 or epoch milliseconds as text, rounded down to the hour (Spot API, Get Aggregated Costs). */
const hour = z
  .union([z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)), z.string().regex(/^\d{10,14}$/).transform(Number)], 'must be a date such as 2023-07-20T11:35:01Z, or epoch milliseconds')
  .transform((ms) => Math.floor(ms / hourMs) * hourMs)

const condition = z
  .object({ type: z.enum(['label', 'annotation']), key: z.string().min(1, 'must not be empty'), operator: z.enum(['equals', 'notEquals', 'exists', 'notExists']), value: z.string().optional() })
  .refine(({ operator, value }) => value !== undefined || !operator.endsWith('quals'), { path: ['value'], message: 'is required for equals and notEquals' })

const filter = z.object({
  scope: z.enum(['namespace', 'resource']),
  /** Any of the sets, all of the conditions in one. */
  conditions: z.object({ anyMatch: z.array(z.object({ allMatch: z.array(condition) })) }),
})

/** What Get Aggregated Costs takes. */
export const costBody = z.looseObject({
  startTime: hour,
  endTime: hour,
  groupBy: z.string().regex(/^(namespace|(namespace|resource)\.(label|annotation)\..+)$/, 'must be namespace, or a label or annotation of namespace or resource').default('namespace'),
  filter: filter.nullish(),
})
export type CostInput = z.infer<typeof costBody>

/** The labels and annotations that conditions and groups look at. */
export type Marks = { label: Readonly<Record<string, string>>; annotation: Readonly<Record<string, string>> }

const holds = ({ type, key, operator, value }: z.infer<typeof condition>, marks: Marks): boolean => {
  const found = marks[type][key]
  switch (operator) {
    case 'equals':
      return found === value
    case 'notEquals':
      return found !== value
    case 'exists':
      return found !== undefined
    case 'notExists':
      return found === undefined
  }
}

/** Whether something with these marks passes the filter. */
export const passes = (given: CostInput['filter'], marks: Record<'namespace' | 'resource', Marks>): boolean =>
  given == null || given.conditions.anyMatch.some(({ allMatch }) => allMatch.every((one) => holds(one, marks[given.scope])))
