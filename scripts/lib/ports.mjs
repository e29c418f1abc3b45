import { createServer } from 'node:net'
import { fail } from './project.mjs'

const listen = (port, host) =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', ({ code }) => resolve({ fault: code }))
    probe.listen(port, host, () => {
      const { port: taken } = probe.address()
      probe.close(() => resolve({ taken }))
    })
  })

/** A port that is free now. */
export const freePort = async () => (await listen(0, '127.0.0.1')).taken

/** A port number from the environment, else the fallback. */
const portFrom = (name, fallback) => {
  const port = Number(process.env[name] || fallback)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) fail(`${name} must be a port number from 1 to 65535, not "${process.env[name]}".`)
  return port
}

/** Any address and loopback alone: some systems let one be taken beside the other. */
const hosts = [undefined, '127.0.0.1']

const requireFree = async (name, port) => {
  for (const host of hosts) {
    const { fault } = await listen(port, host)
    if (fault === 'EADDRINUSE') fail(`Port ${port} is taken. End what listens there, or choose another with ${name}=${port + 1}.`)
    if (fault === 'EACCES') fail(`Port ${port} may not be used by this user. Choose one above 1023 with ${name}.`)
  }
}

/** Ports by the names of their variables; ends the script with a sentence when one cannot be listened on. */
export const requirePorts = async (fallbacks) => {
  const ports = Object.entries(fallbacks).map(([name, fallback]) => [name, portFrom(name, fallback)])
  if (new Set(ports.map(([, port]) => port)).size < ports.length) fail(`${ports.map(([name]) => name).join(' and ')} must differ.`)
  for (const [name, port] of ports) await requireFree(name, port)
  return Object.fromEntries(ports)
}
