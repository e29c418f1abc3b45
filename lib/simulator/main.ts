import { FlagError, helpText, readFlags } from './flags'
import { startSimulator } from './server'

const write = (text: string) => process.stdout.write(`${text}\n`)

const fail = (sentence: string, code: number): never => {
  process.stderr.write(`${sentence}\n`)
  process.exit(code)
}

const sentenceOf = (error: unknown): string => {
  const { code, port } = error as { code?: string; port?: number }
  if (code === 'EADDRINUSE') return `Port ${port} is taken. End what listens there, or give another with --port, --admin-port or --kube-port.`
  return error instanceof Error ? error.message : String(error)
}

const start = async () => {
  const flags = readFlags(process.argv.slice(2))
  if (flags === 'help') return write(helpText())
  const simulator = await startSimulator(flags)
  write(`listening on ${simulator.baseUrl}`)
  if (simulator.adminUrl !== null) write(`admin on ${simulator.adminUrl}`)
  if (simulator.kubeUrl !== null) write(`kubernetes on ${simulator.kubeUrl}`)
  void simulator.failure.then((error) => fail(error.message, 1))
  let isEnding = false
  const stop = () => {
    if (isEnding) return
    isEnding = true
    void simulator.close().then(() => process.exit(0))
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

start().catch((error: unknown) => fail(sentenceOf(error), error instanceof FlagError ? 2 : 1))
