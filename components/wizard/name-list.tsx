'use client'

import { useState } from 'react'
import { Name } from '@/components/ui/name'

/** Names behind a count. They are drawn once somebody looks: there may be thousands. */
export const NameList = ({ title, names }: { title: string; names: readonly string[] }) => {
  const [isOpen, setIsOpen] = useState(false)
  if (names.length === 0) return null
  return (
    <details onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary className="cursor-pointer py-1 text-xs text-text-2 hover:text-text">{title}</summary>
      {isOpen ? (
        <ul className="mt-1 max-h-48 overflow-y-auto border-l border-line pl-3">
          {names.map((name) => (
            <li key={name} className="py-0.5">
              <Name className="block whitespace-normal [overflow-wrap:anywhere]">{name}</Name>
            </li>
          ))}
        </ul>
      ) : null}
    </details>
  )
}
