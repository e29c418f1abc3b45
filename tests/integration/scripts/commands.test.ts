import { createServer, type AddressInfo, type Server } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { runNode } from './support/node'

let holder: Server | undefined
afterEach(() => holder?.close())

const takenPort = () =>
  new Promise<number>((resolve) => {
    const server = createServer()
    holder = server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })

describe('a production server', () => {
  const check = (env: Record<string, string>) => runNode(['--conditions=react-server', '--import', 'tsx', 'scripts/check-settings.mjs'], env)
  const secret = 'k7Zq2vX9b4Lw8RtYp1Nd6Hs3mC5jF0aE'

  test.each([
    ['without a secret and an address', {}, [/NEXTAUTH_SECRET is not set.*openssl rand/, /NEXTAUTH_URL is not set/]],
    ['with a weak secret', { NEXTAUTH_SECRET: 'change-me', NEXTAUTH_URL: 'https://slipway.example.com' }, [/NEXTAUTH_SECRET is shorter than 32 bytes/]],
    ['on plain http beyond this machine', { NEXTAUTH_SECRET: secret, NEXTAUTH_URL: 'http://slipway.example.com' }, [/NEXTAUTH_URL must begin with https/]],
  ])('%s does not start and says what to set, a sentence for each fault', async (_, env, sentences) => {
    const { code, output } = await check(env)
    expect(code).toBe(1)
    expect(output.trimEnd().split('\n')).toEqual(['Slipway does not start:', ...sentences.map((sentence) => expect.stringMatching(sentence))])
  })

  test.each(['https://slipway.example.com', 'http://localhost:3000'])('with a strong secret at %s may start', async (address) => {
    expect(await check({ NEXTAUTH_SECRET: secret, NEXTAUTH_URL: address })).toMatchObject({ code: 0, output: '' })
  })
})

describe('the demo says before it does anything', () => {
  const demo = (env: Record<string, string>) => runNode(['scripts/demo.mjs'], env)

  test.each(['PORT', 'SIMULATOR_PORT'])('that the port of %s is taken', async (name) => {
    const port = await takenPort()
    const { code, output } = await demo({ PORT: '23417', SIMULATOR_PORT: '23418', [name]: String(port) })
    expect([code, output]).toEqual([1, `Port ${port} is taken. End what listens there, or choose another with ${name}=${port + 1}.\n`])
  })

  test.each([
    [{ PORT: 'abc' }, 'PORT must be a port number from 1 to 65535, not "abc".\n'],
    [{ SIMULATOR_PORT: '70000' }, 'SIMULATOR_PORT must be a port number from 1 to 65535, not "70000".\n'],
    [{ PORT: '23417', SIMULATOR_PORT: '23417' }, 'PORT and SIMULATOR_PORT must differ.\n'],
  ])('that %o is no way to listen', async (env, sentence) => {
    expect(await demo(env)).toMatchObject({ code: 1, output: sentence })
  })
})
