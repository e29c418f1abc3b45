'use client'

import * as TabsPrimitive from 'radix-ui/tabs'
import type { ReactNode } from 'react'

export type TabItem<Id extends string> = { id: Id; label: string; count?: string; content: ReactNode }

type TabsProps<Id extends string> = {
  label: string
  tabs: readonly TabItem<Id>[]
  /** The open tab; the parent keeps it in the URL. */
  value: Id
  onChange: (id: Id) => void
  /** Stands at the right end of the row of tabs. */
  aside?: ReactNode
}

export const Tabs = <Id extends string>({ label, tabs, value, onChange, aside }: TabsProps<Id>) => (
  <TabsPrimitive.Root
    value={value}
    onValueChange={(next) => {
      const tab = tabs.find(({ id }) => id === next)
      if (tab) onChange(tab.id)
    }}
  >
    <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2 border-b border-line">
      <TabsPrimitive.List aria-label={label} className="-mb-px flex gap-4 overflow-x-auto px-0.5">
        {tabs.map((tab) => (
          <TabsPrimitive.Trigger
            key={tab.id}
            value={tab.id}
            className="flex h-9 items-center gap-1.5 border-b-2 border-transparent text-sm whitespace-nowrap text-text-2 hover:text-text data-[state=active]:border-accent data-[state=active]:font-semibold data-[state=active]:text-text"
          >
            {tab.label}
            {tab.count === undefined ? null : <span className="text-xs font-normal text-text-3">{tab.count}</span>}
          </TabsPrimitive.Trigger>
        ))}
      </TabsPrimitive.List>
      {aside}
    </div>
    {tabs.map((tab) => (
      <TabsPrimitive.Content key={tab.id} value={tab.id} className="pt-3">
        {tab.content}
      </TabsPrimitive.Content>
    ))}
  </TabsPrimitive.Root>
)
