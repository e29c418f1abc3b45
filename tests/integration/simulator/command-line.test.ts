import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { adminClient } from '@/tests/support/simulator'
import { demoCluster, send } from './support/call'

const root = path.resolve(import.meta.dirname, '../../..')
const running: ChildProcessWithoutNullStreams[] = []
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

const start = (...flags: string[]) => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/simulator/main.ts', ...flags], { cwd: root })
  running.push(child)
  return child
}

/** Everything a command writes, and the code it ends with. */
const run = async (...flags: string[]) => {
  const child = start(...flags)
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number]
  return { code, out, err }
}

const readLines = async (child: ChildProcessWithoutNullStreams, count: number): Promise<string[]> => {
  let text = ''
  for await (const chunk of child.stdout) {
    text += String(chunk)
    if (text.split('\n').length > count) break
  }
  return text.trim().split('\n')
}

describe('the command', () => {
  it('lists every flag with its default, the scenarios and the tokens under --help', async () => {
    const { code, out } = await run('--help')
    expect(code).toBe(0)
    for (const flag of ['port', 'host', 'seed', 'nodes', 'pods', 'speed', 'scenario', 'rate-limit', 'admin-port', 'allow-remote', 'help']) expect(out).toContain(`--${flag} `)
    expect(out).toContain('(4010)')
    for (const scenario of ['calm', 'mixed']) expect(out).toMatch(new RegExp(`^  ${scenario} +\\S`, 'm'))
    for (const token of ['demo-token', 'readonly-token', 'limited-token', 'expired-token', 'other-org-token']) expect(out).toContain(token)
  })

  it.each([
    [['--port', '70000'], '--port takes a whole number from 0 to 65535, not "70000".'],
    [['--nodes', 'many'], '--nodes takes a whole number from 0 to 20000, not "many".'],
    [['--scenario', 'sunny'], '--scenario sunny is not known. Known are: calm, mixed.'],
    [['--host', '0.0.0.0'], '--host 0.0.0.0 is not loopback. Add --allow-remote if others should reach the simulator.'],
    [['--nonsense'], "Unknown option '--nonsense'. See --help."],
  ])('refuses %j in a sentence and ends with 2', async (flags, sentence) => {
    expect(await run(...flags)).toEqual({ code: 2, out: '', err: `${sentence}\n` })
  })

  it('says which port is taken and ends with 1', async () => {
    const holder = createServer().listen(0, '127.0.0.1')
    await once(holder, 'listening')
    const { port } = holder.address() as AddressInfo
    const { code, err } = await run('--port', String(port))
    holder.close()
    expect(code).toBe(1)
    expect(err).toContain(`Port ${port} is taken.`)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('says where it listens, answers, and ends within a second of %s', async (signal) => {
    const child = start('--port', '0', '--admin-port', '0', '--nodes', '20')
    const [api = '', admin = ''] = await readLines(child, 2)
    expect(api).toMatch(/^listening on http:\/\/127\.0\.0\.1:\d+$/)
    expect(admin).toMatch(/^admin on http:\/\/127\.0\.0\.1:\d+$/)
    const baseUrl = api.slice('listening on '.length)
    expect((await send(baseUrl, demoCluster)).status).toBe(200)
    const switches = adminClient(admin.slice('admin on '.length))
    await switches.fault({ effect: { kind: 'hang-before' } })
    const hanging = send(baseUrl, demoCluster).catch(() => 'ended')
    await expect.poll(async () => (await switches.journal()).length).toBe(2)
    const askedAt = performance.now()
    child.kill(signal)
    const [code] = (await once(child, 'close')) as [number]
    expect(code).toBe(0)
    expect(performance.now() - askedAt).toBeLessThan(1000)
    expect(await hanging).toBe('ended')
  })

  it('keeps its fault switches off unless asked', async () => {
    const child = start('--port', '0', '--nodes', '0')
    const lines = await readLines(child, 1)
    expect(lines).toHaveLength(1)
    expect((await fetch(`${(lines[0] ?? '').slice('listening on '.length)}/journal`)).status).toBe(401)
  })
})
