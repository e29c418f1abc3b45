import { createServer } from 'node:http'

/** The least that an event stream can be: what our own streams are measured against. */
const server = createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write('retry: 2000\n\n')
  const ping = setInterval(() => response.write(': ping\n\n'), 15_000)
  request.on('close', () => clearInterval(ping))
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`listening on http://127.0.0.1:${server.address().port}\n`))
