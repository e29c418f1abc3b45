import { CopyButton } from '@/components/ui/copy-button'
import { Name } from '@/components/ui/name'
import type { NodeDetail } from '@/lib/contract/node-detail'
import { visibleText } from '@/lib/format/safe-text'

const Texts = ({ title, texts }: { title: string; texts: readonly string[] }) => (
  <section>
    <h3 className="font-semibold">{title}</h3>
    {texts.length === 0 ? <p className="text-text-2">None.</p> : null}
    <ul>
      {texts.map((text) => (
        <li key={text}>
          <Name className="whitespace-normal break-all">{text}</Name>
        </li>
      ))}
    </ul>
  </section>
)

/** Labels, taints and the node as Spot gives it. */
export const RawTab = ({ detail: { reported } }: { detail: NodeDetail }) => {
  if (reported === null) return <p className="text-text-2">Get Cluster Nodes does not list this node.</p>
  const json = JSON.stringify(reported, null, 2)
  return (
    <div className="flex flex-col gap-3">
      <Texts title="Labels" texts={Object.entries(reported.labels).map(([key, value]) => `${key}=${value}`)} />
      <Texts title="Taints" texts={reported.taints} />
      <section>
        <h3 className="flex items-center gap-1 font-semibold">
          JSON <CopyButton text={json} label="Copy the JSON" />
        </h3>
        <pre tabIndex={0} aria-label="The node as JSON" className="max-h-96 overflow-auto rounded bg-sunken p-2 font-mono text-xs">
          {visibleText(json)}
        </pre>
      </section>
    </div>
  )
}
