import { MatchEffects } from '@/components/domain/match-effects'
import { NodeNames } from '@/components/domain/node-names'
import { runningTitle } from '@/components/domain/radius-words'
import { runningChangeLines } from '@/components/domain/running-change'
import type { VngTask } from '@/components/domain/vng-dialog'
import { Button } from '@/components/ui/button'
import { FactList } from '@/components/ui/fact-list'
import { Name } from '@/components/ui/name'
import { Notice } from '@/components/ui/notice'
import type { Repair, VngEdit } from '@/lib/domain/matching/repair'
import { counted } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'
import { conditionText, conditionWords } from '../drawer/match-words'
import { coveredNames, coverText, draftFacts, labelTexts } from './words'

const Texts = ({ texts }: { texts: readonly string[] }) =>
  texts.map((text) => (
    <Name key={text} className="mr-2 whitespace-normal break-all">
      {text}
    </Name>
  ))

/** What an edit does to nodes that run already, and to matches of others. Its own gain stands at the head of the card. */
const EditEffects = ({ edit: { radius } }: { edit: VngEdit }) => (
  <>
    <Notice tone={radius.runningNodes.length > 0 ? 'warning' : 'info'} title={runningTitle(radius.runningNodes.length)}>
      <ul>
        {runningChangeLines(radius.change).map((line) => (
          <li key={line} className="break-words">
            {line}.
          </li>
        ))}
      </ul>
      <NodeNames names={radius.runningNodes} shown={4} />
    </Notice>
    <MatchEffects radius={{ ...radius, newlyMatched: [] }} />
  </>
)

/** A group that matches and makes other nodes leaves the pods without a place. */
const Obstacles = ({ edit: { obstacles } }: { edit: VngEdit }) =>
  obstacles.length === 0 ? null : (
    <Notice tone="warning" title="With these labels it would match, but it makes no nodes like these.">
      <ul>
        {obstacles.map((obstacle) => (
          <li key={`${obstacle.about} ${obstacle.node}`} className="break-words">
            {conditionWords[obstacle.about]}: {visibleText(conditionText(obstacle))}.
          </li>
        ))}
      </ul>
    </Notice>
  )

type StartProps = { whyNot: string | null; onStart: (task: VngTask) => void }

const OtherEdits = ({ edits, whyNot, onStart }: StartProps & { edits: readonly VngEdit[] }) =>
  edits.length === 0 ? null : (
    <details>
      <summary className="cursor-pointer">
        {counted(edits.length, 'existing group')} could match {edits.length === 1 ? 'them' : 'them instead'}
      </summary>
      <ul className="mt-2 flex flex-col gap-3">
        {edits.map((edit) => (
          <li key={edit.vngId} className="flex flex-col gap-2">
            <div className="flex flex-wrap items-center justify-between gap-2">
              <strong className="font-semibold">{visibleText(edit.name)}</strong>
              <Button size="small" disabledReason={whyNot} onClick={() => onStart({ kind: 'edit', vngId: edit.vngId, labels: edit.labels })}>
                Edit {visibleText(edit.name)}…
              </Button>
            </div>
            <Obstacles edit={edit} />
            <EditEffects edit={edit} />
          </li>
        ))}
      </ul>
    </details>
  )

/** What successors of some nodes would carry beyond what the nodes carry themselves. */
const Additions = ({ covered }: Pick<Repair, 'covered'>) =>
  covered
    .filter(({ addedLabels }) => Object.keys(addedLabels).length > 0)
    .map(({ nodeNames, labels, addedLabels }) => (
      <p key={JSON.stringify(labels)} className="text-xs text-text-2">
        {counted(nodeNames.length, 'node')} with {labelTexts(labels).join(', ') || 'no labels'}: new nodes carry <Texts texts={labelTexts(addedLabels)} />
        as well.
      </p>
    ))

const headOf = ({ change }: Repair): { title: string; action: string; task: VngTask } =>
  change.kind === 'new'
    ? { title: `New group ${change.draft.name}`, action: `Create ${change.draft.name}…`, task: { kind: 'draft', draft: change.draft } }
    : { title: `Edit group ${visibleText(change.edit.name)}`, action: `Edit ${visibleText(change.edit.name)}…`, task: { kind: 'edit', vngId: change.edit.vngId, labels: change.edit.labels } }

/** One change of the smallest repair: the nodes it covers, what it carries, and the way into the dialog. */
export const RepairCard = ({ repair, poolOf, whyNot, onStart }: StartProps & { repair: Repair; poolOf: ReadonlyMap<string, string> }) => {
  const { change, covered, otherEdits } = repair
  const { title, action, task } = headOf(repair)
  const names = coveredNames(repair)
  const facts = change.kind === 'new' ? draftFacts(change.draft) : [{ name: 'Labels', texts: labelTexts(change.edit.labels) }]
  return (
    <section aria-label={title} className="flex flex-col gap-2 rounded-lg border border-line p-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-semibold break-all">{title}</h3>
        <Button size="small" variant="primary" disabledReason={whyNot} onClick={() => onStart(task)}>
          {action}
        </Button>
      </div>
      <details>
        <summary className="cursor-pointer">Takes {coverText(names, poolOf)}</summary>
        <NodeNames names={names} shown={Infinity} />
      </details>
      <FactList facts={facts.map(({ name, texts }) => ({ name, value: <Texts texts={texts} /> }))} />
      <Additions covered={covered} />
      {change.kind === 'edit' ? <EditEffects edit={change.edit} /> : <p className="text-xs text-text-2">All else comes from the cluster’s template. No node that runs or matches now is touched.</p>}
      <OtherEdits edits={otherEdits} whyNot={whyNot} onStart={onStart} />
    </section>
  )
}
