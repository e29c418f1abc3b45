import { buttonLook } from '@/components/ui/button-look'
import { CopyButton } from '@/components/ui/copy-button'
import type { RollbackKit } from '@/lib/domain/plan/rollback'
import { runbookOf } from '@/lib/domain/plan/runbook'

/** The way back as text, to read, copy or keep as a file. */
export const RunbookText = ({ text }: { text: string }) => (
  <pre tabIndex={0} aria-label="Runbook" className="max-h-[50dvh] overflow-auto rounded bg-sunken p-3 font-mono text-xs whitespace-pre-wrap">
    {text}
  </pre>
)

/** Copies the runbook, or hands it to the browser as a Markdown file. */
export const RunbookActions = ({ kit, migrationId }: { kit: RollbackKit; migrationId: string | null }) => {
  const text = runbookOf(kit, migrationId)
  return (
    <>
      <CopyButton text={text} label="Copy the runbook" />
      <a className={buttonLook()} download={`way-back-${migrationId ?? kit.clusterId}.md`} href={`data:text/markdown;charset=utf-8,${encodeURIComponent(text)}`}>
        Export as Markdown
      </a>
    </>
  )
}
