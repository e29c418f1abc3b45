import type { ReactNode } from 'react'

/** Facts as pairs of name and value. */
export const FactList = ({ facts }: { facts: readonly { name: string; value: ReactNode }[] }) => (
  <dl className="grid grid-cols-[minmax(110px,160px)_1fr] gap-x-4">
    {facts.map(({ name, value }) => (
      <div key={name} className="col-span-2 grid grid-cols-subgrid border-b border-line py-2 last:border-b-0">
        <dt className="text-text-2">{name}</dt>
        <dd className="flex min-w-0 flex-wrap items-center gap-1 break-words">{value}</dd>
      </div>
    ))}
  </dl>
)
