'use client'

import { CopyButton } from './copy-button'
import { useNow } from './use-now'

type Ids = { requestId?: string | undefined; upstreamRequestId?: string | undefined }

const RequestId = ({ label, id }: { label: string; id: string }) => (
  <span className="inline-flex flex-wrap items-center justify-center gap-x-1 text-xs text-text-3">
    {label} <span className="font-mono">{id}</span>
    <CopyButton text={id} label={`Copy ${label.toLowerCase()}`} />
  </span>
)

/** The ids for a ticket: ours, and the vendor's where Spot answered. */
export const RequestIds = ({ requestId, upstreamRequestId }: Ids) => (
  <>
    {requestId ? <RequestId label="Request id" id={requestId} /> : null}
    {upstreamRequestId ? <RequestId label="Spot request id" id={upstreamRequestId} /> : null}
  </>
)

/** How long a limit still lasts, second by second; nothing once it is over. Not read out each second. */
export const LimitLeft = ({ retryAtMs }: { retryAtMs: number | undefined }) => {
  const now = useNow()
  if (retryAtMs === undefined || now === null || retryAtMs <= now) return null
  return <span aria-live="off">It is over in {Math.ceil((retryAtMs - now) / 1000)} s.</span>
}
