import type { RehearsalOrder } from './messages'
import { rehearse } from './rehearse'

// Runs beside the page: a rehearsal of a large cluster takes seconds in which nothing may stand still.
self.onmessage = ({ data }: MessageEvent<RehearsalOrder>) => {
  rehearse(data, (message) => self.postMessage(message))
  self.close()
}
