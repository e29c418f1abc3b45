'use client'

import { useRef } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import type { LineFault } from './use-vng-editor'

type JsonViewProps = { text: string; faults: readonly LineFault[]; onChange: (text: string) => void }

const startOfLine = (text: string, line: number) => text.split('\n').slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0)

/** A group as JSON, the very object that the API takes. Each fault names its line and takes the cursor there. */
export const VngJsonView = ({ text, faults, onChange }: JsonViewProps) => {
  const area = useRef<HTMLTextAreaElement>(null)
  const goTo = (line: number) => {
    const start = startOfLine(text, line)
    area.current?.focus()
    area.current?.setSelectionRange(start, start + (text.split('\n')[line - 1]?.length ?? 0))
  }
  return (
    <div className="flex flex-col gap-3">
      <div role="status">
        <ul className="flex flex-col gap-1">
          {faults.map(({ line, sentence }) => (
            <li key={`${line} ${sentence}`} className="flex items-start gap-2 text-xs font-medium text-failed">
              <Button variant="quiet" size="small" className="-my-1 px-1 text-failed underline" onClick={() => goTo(line)}>
                Line {line}
              </Button>
              <span className="min-w-0 break-words">{sentence}</span>
            </li>
          ))}
        </ul>
      </div>
      <Field label="The group as JSON" help="What is left out or null comes from the template. Both views show the same object; a text with a fault stays here until it is corrected.">
        {(wiring) => (
          <Textarea
            {...wiring}
            aria-invalid={faults.length > 0 ? true : undefined}
            ref={area}
            value={text}
            onChange={({ target }) => onChange(target.value)}
            rows={Math.min(26, Math.max(14, text.split('\n').length + 1))}
            spellCheck={false}
            autoComplete="off"
            className="font-mono text-xs leading-5"
          />
        )}
      </Field>
    </div>
  )
}
