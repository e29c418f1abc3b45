'use client'

import { useMemo, useState } from 'react'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog } from '@/components/ui/dialog'
import { downloadText } from '@/components/ui/download-text'
import { Notice } from '@/components/ui/notice'
import { Tabs } from '@/components/ui/tabs'
import { counted } from '@/lib/format/plural'
import { CodeBlock } from './code-block'
import { fileNameOf, jsonBody, type CodeInput } from './code-input'
import { curlCommand, needsBodyFile } from './curl'
import { pythonScript } from './python'

type View = { id: 'curl' | 'json' | 'python'; label: string; text: string; note: string; file: { name: string; type: string; text: string; label: string } }

const viewsOf = (input: CodeInput): View[] => {
  const json = jsonBody(input)
  const jsonFile = { name: fileNameOf(input, 'json'), type: 'application/json', text: json, label: 'Download the body' }
  const curl = curlCommand(input)
  const python = pythonScript(input)
  const [curlNote, curlFile] = needsBodyFile(input)
    ? [`The body is too long for a command line: download it and run the command beside ${jsonFile.name}.`, jsonFile]
    : ['For a shell such as bash or zsh.', { name: fileNameOf(input, 'sh'), type: 'text/x-shellscript', text: `${curl}\n`, label: 'Download the command' }]
  return [
    { id: 'curl', label: 'curl', text: curl, note: curlNote, file: curlFile },
    { id: 'json', label: 'JSON', text: json, note: 'The body of Create Migration as Slipway sends it, but for the launch mark at the end of the comment.', file: jsonFile },
    { id: 'python', label: 'Python SDK', text: python, note: 'For spotinst-sdk2, the vendor’s package, version 3.17 or later.', file: { name: fileNameOf(input, 'py'), type: 'text/x-python', text: python, label: 'Download the script' } },
  ]
}

const sentAs = ({ nodeNames, nodePoolNames }: CodeInput): string => (nodePoolNames === null ? `${counted(nodeNames.length, 'node')} by name` : `${counted(nodePoolNames.length, 'node pool')} (${counted(nodeNames.length, 'node')} now)`)

const CodeDialog = ({ input, onClose }: { input: CodeInput; onClose: () => void }) => {
  const [open, setOpen] = useState<View['id']>('curl')
  const views = useMemo(() => viewsOf(input), [input])
  const view = views.find(({ id }) => id === open)
  if (view === undefined) return null
  const { file } = view
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="This plan as code"
      description={`Create Migration for ${sentAs(input)}. The token is read from the variable SPOT_TOKEN.`}
      className="w-[min(760px,calc(100vw-24px))]"
      footer={
        <>
          <CopyButton text={view.text} label={`Copy as ${view.label}`} />
          <Button onClick={() => downloadText(file.name, file.type, file.text)}>{file.label}</Button>
        </>
      }
    >
      <Notice tone="warning" className="mb-3">
        Running it starts the migration at once, without Slipway’s checks, holds and acknowledgements, and each time it is run. Slipway records such a run as one launched elsewhere.
      </Notice>
      <Tabs
        label="Languages"
        value={open}
        onChange={setOpen}
        tabs={views.map(({ id, label, text, note }) => ({
          id,
          label,
          content: (
            <>
              <p className="mb-2 text-text-2">{note}</p>
              <CodeBlock label={`The plan as ${label}`} text={text} />
            </>
          ),
        }))}
      />
    </Dialog>
  )
}

/** Exactly this plan, as it stands when it is opened, to run or keep elsewhere. */
export const AsCode = ({ input }: { input: CodeInput }) => {
  const [opened, setOpened] = useState<CodeInput | null>(null)
  return (
    <>
      <Button onClick={() => setOpened(input)}>As code</Button>
      {opened ? <CodeDialog input={opened} onClose={() => setOpened(null)} /> : null}
    </>
  )
}
