import { start, supervise } from '../../../../scripts/lib/run.mjs'

const server = () => start(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])

const first = supervise('The first', server())
const second = supervise('The second', server())
process.stdout.write(`pids ${first.pid} ${second.pid}\n`)
if (process.argv[2] === 'throws') throw new Error('planted')
