import { expect, it, vi } from 'vitest'

/** The modules as two bundles of one process have them: the same source, evaluated twice. */
const twice = async <Module>(load: () => Promise<Module>): Promise<[Module, Module]> => {
  const first = await load()
  vi.resetModules()
  return [first, await load()]
}

it('an error is known in a bundle that did not throw it', async () => {
  const [first, second] = await twice(() => import('@/lib/errors'))
  expect(first.AppError).not.toBe(second.AppError)
  const error = new first.AppError('not_found', { detail: 'x' })
  expect(error).toBeInstanceOf(second.AppError)
  expect(new Error('x')).not.toBeInstanceOf(second.AppError)
  expect(null).not.toBeInstanceOf(second.AppError)
})

it('an upstream error is known in a bundle that did not make the call', async () => {
  const [first, second] = await twice(() => import('@/lib/spot/errors'))
  expect(first.SpotError).not.toBe(second.SpotError)
  expect(new first.SpotError('timeout', { wasSent: 'maybe' })).toBeInstanceOf(second.SpotError)
  expect(new Error('x')).not.toBeInstanceOf(second.SpotError)
})
