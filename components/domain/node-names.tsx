import { Name } from '@/components/ui/name'
import { counted } from '@/lib/format/plural'

const shownNodes = 8

/** Names of nodes or what `noun` says: the first few, the rest to be unfolded. */
export const NodeNames = ({ names, shown = shownNodes, noun = 'node' }: { names: readonly string[]; shown?: number; noun?: string }) => {
  const item = (name: string) => (
    <li key={name} className="min-w-0">
      <Name className="block">{name}</Name>
    </li>
  )
  return (
    <>
      <ul className="mt-1 grid gap-x-4 sm:grid-cols-2">{names.slice(0, shown).map(item)}</ul>
      {names.length > shown ? (
        <details className="mt-1">
          <summary className="cursor-pointer text-xs">{counted(names.length - shown, `more ${noun}`)}</summary>
          <ul className="mt-1 grid gap-x-4 sm:grid-cols-2">{names.slice(shown).map(item)}</ul>
        </details>
      ) : null}
    </>
  )
}
