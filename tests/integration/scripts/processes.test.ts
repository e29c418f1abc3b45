import { expect, test } from 'vitest'
import { startNode } from './support/node'

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const startServers = async (mode = 'serves') => {
  const script = startNode(['tests/integration/scripts/support/servers.mjs', mode])
  await expect.poll(script.output, { timeout: 10_000 }).toMatch(/pids \d+ \d+/)
  const [first = 0, second = 0] = (/pids (\d+) (\d+)/.exec(script.output()) ?? []).slice(1).map(Number)
  return { script, first, second }
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s to a command ends its servers, then the command, without a fault', async (signal) => {
  const { script, first, second } = await startServers()
  script.process.kill(signal)
  expect((await script.ended).code).toBe(0)
  expect([first, second].filter(isRunning)).toEqual([])
})

test('a server that ends by itself takes the others and the command with it, and is named', async () => {
  const { script, first, second } = await startServers()
  process.kill(first, 'SIGKILL')
  const { code, output } = await script.ended
  expect([code, isRunning(second)]).toEqual([1, false])
  expect(output).toContain('The first ended by itself')
  expect(output).not.toContain('The second ended')
})

test('a command that breaks off leaves no server behind', async () => {
  const { script, first, second } = await startServers('throws')
  expect((await script.ended).code).toBe(1)
  await expect.poll(() => [first, second].filter(isRunning), { timeout: 10_000 }).toEqual([])
})
