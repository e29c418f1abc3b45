import { expect, test } from 'vitest'
import { readFlags } from '@/lib/simulator/flags'

const sizeOf = (...args: string[]) => {
  const flags = readFlags(args)
  return flags === 'help' ? null : [flags.nodes, flags.pods]
}

test('a scenario brings its size unless a size is asked for', () => {
  expect(sizeOf()).toEqual([120, undefined])
  expect(sizeOf('--scenario', 'calm')).toEqual([120, undefined])
  expect(sizeOf('--scenario', 'huge')).toEqual([2_000, 60_000])
  expect(sizeOf('--scenario', 'huge', '--nodes', '300')).toEqual([300, undefined])
  expect(sizeOf('--scenario', 'huge', '--pods', '9000')).toEqual([120, 9_000])
})
