import { commentBudget } from '@/lib/domain/launch-mark'

/** What stays of a plan that was split; the number tells which run comes first in it. */
const restOf = /^From run (\d+) on(?:: )?/

/**
 * Comments of a plan that is split: of the run that goes first, and of what stays for later. They number the
 * runs however often the rest is split again. A comment that leaves no space for a number stays as it is.
 */
export const splitComments = (comment: string): { first: string; rest: string } => {
  const known = restOf.exec(comment)
  const run = Number(known?.[1] ?? 1)
  const own = comment.slice(known?.[0].length ?? 0)
  const named = (name: string) => {
    const whole = own === '' ? name : `${name}: ${own}`
    return whole.length > commentBudget ? own : whole
  }
  return { first: named(`Run ${run}`), rest: named(`From run ${run + 1} on`) }
}
