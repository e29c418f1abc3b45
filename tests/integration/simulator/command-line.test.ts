import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { scenarioNames } from '@/lib/simulator/scenarios/table'
import { adminClient } from '@/tests/support/simulator'
import { demoCluster, send } from './support/call'
import { killSimulators, readLines, runSimulator, spawnSimulator } from './support/process'

afterEach(killSimulators)

describe('the command', () => {
  it('lists every flag with its default, the scenarios and the tokens under --help', async () => {
    const { code, out } = await runSimulator('--help')
    expect(code).toBe(0)
    for (const flag of ['port', 'host', 'seed', 'nodes', 'pods', 'speed', 'scenario', 'rate-limit', 'rate-limit-by', 'state', 'kube-port', 'kubeconfig', 'admin-port', 'allow-remote', 'help']) expect(out).toContain(`--${flag} `)
    expect(out).toContain('(4010)')
    for (const scenario of scenarioNames) expect(out).toMatch(new RegExp(`^  ${scenario} +\\S`, 'm'))
    for (const token of ['demo-token', 'readonly-token', 'limited-token', 'expired-token', 'other-org-token']) expect(out).toContain(token)
  })

  it.each([
    [['--port', '70000'], '--port takes a whole number from 0 to 65535, not "70000".'],
    [['--nodes', 'many'], '--nodes takes a whole number from 0 to 20000, not "many".'],
    [['--scenario', 'sunny'], `--scenario sunny is not known. Known are: ${scenarioNames.join(', ')}.`],
    [['--host', '0.0.0.0'], '--host 0.0.0.0 is not loopback. Add --allow-remote if others should reach the simulator.'],
    [['--rate-limit-by', 'token'], '--rate-limit-by takes route or path, not "token".'],
    [['--nonsense'], "Unknown option '--nonsense'. See --help."],
  ])('refuses %j in a sentence and ends with 2', async (flags, sentence) => {
    expect(await runSimulator(...flags)).toEqual({ code: 2, out: '', err: `${sentence}\n` })
  })

  it('says which port is taken and ends with 1', async () => {
    const holder = createServer().listen(0, '127.0.0.1')
    await once(holder, 'listening')
    const { port } = holder.address() as AddressInfo
    const { code, err } = await runSimulator('--port', String(port))
    holder.close()
    expect(code).toBe(1)
    expect(err).toContain(`Port ${port} is taken.`)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('says where it listens, answers, and ends within a second of %s', async (signal) => {
    const child = spawnSimulator('--port', '0', '--admin-port', '0', '--nodes', '20')
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
    const child = spawnSimulator('--port', '0', '--nodes', '0')
    const lines = await readLines(child, 1)
    expect(lines).toHaveLength(1)
    expect((await fetch(`${(lines[0] ?? '').slice('listening on '.length)}/journal`)).status).toBe(401)
  })
})
