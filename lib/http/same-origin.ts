import 'server-only'
import { AppError } from '@/lib/errors'

/**
 * Refuses a write that another site could have caused. Browsers send Origin with every POST, PUT, PATCH and
 * DELETE, so a missing one is refused as well; Sec-Fetch-Site is believed where it is sent.
 */
export const requireSameOrigin = (request: Pick<Request, 'headers'>, publicUrl: string): void => {
  const site = request.headers.get('sec-fetch-site')
  const isSame = request.headers.get('origin') === publicUrl && (site === null || site === 'same-origin')
  if (!isSame) throw new AppError('cross_site_request', { detail: `Slipway takes changes only from its own pages. Open it at ${publicUrl}.` })
}
