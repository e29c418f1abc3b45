import { formatCount } from '@/lib/format/numbers'

const mostLines = 400

/** Code to read. Of very long code the beginning is drawn: it is copied and downloaded whole. */
export const CodeBlock = ({ label, text }: { label: string; text: string }) => {
  const lines = text.split('\n')
  const more = lines.length - mostLines
  return (
    <>
      <pre tabIndex={0} role="region" aria-label={label} className="max-h-[44dvh] overflow-auto rounded bg-sunken p-3 font-mono text-xs">
        {more > 0 ? lines.slice(0, mostLines).join('\n') : text}
      </pre>
      {more > 0 ? <p className="mt-1 text-xs text-text-2">{formatCount(more)} more lines are not shown. Copy and download give all of them.</p> : null}
    </>
  )
}
