'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { FormError } from '@/components/form/form-error'
import { Button } from '@/components/ui/button'
import { Drawer } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { Tabs } from '@/components/ui/tabs'
import { toast } from '@/components/ui/toast-store'
import type { SavedVng } from '@/lib/contract/vngs'
import type { BlastRadius } from '@/lib/domain/matching/blast-radius'
import type { Groups } from '@/lib/domain/matching/matcher'
import { asProblem, type ProblemError } from '@/lib/queries/problem-error'
import { saveVng, vngRefusalQuery } from '@/lib/queries/vngs'
import { useKeptForm, useLeftForm } from './use-kept-form'
import { beginningOf, typedIn, useVngEditor, type VngEditor, type VngView } from './use-vng-editor'
import type { VngFault } from './vng-check'
import { changesOf, isSame, type VngDraft } from './vng-document'
import { VngForm } from './vng-form'
import { VngJsonView } from './vng-json-view'
import { shortOutcome, VngChangeList, VngCoverage } from './vng-outcome'
import { decidingPartOf, radiusOf, type ClusterNode } from './vng-radius'

export type VngEditorProps = {
  clusterId: string
  /** Under what the fields are kept while it is open. */
  keptAs: string
  /** Null for a new group. */
  vngId: string | null
  /** The group as it is; empty for a new one. */
  before: VngDraft
  /** What the form begins with. */
  start: VngDraft
  notes: readonly string[]
  groups: Groups
  takenNames: ReadonlySet<string>
  /** All nodes of the cluster, undefined while they are not read. */
  nodes: readonly ClusterNode[] | undefined
  onClose: () => void
  onSaved?: (saved: SavedVng) => void
}

const nothing: VngDraft = {}

const movedNote = 'The group was changed elsewhere since you began. Saving sends only what you changed; the rest stays as it is now.'

const whyNotSaved = (editor: VngEditor, before: VngDraft, isNew: boolean, refusal: string | null): string | null => {
  if (refusal !== null) return refusal
  const [fault] = editor.jsonFaults
  if (fault !== undefined) return `Correct line ${fault.line} first: ${fault.sentence}`
  return !isNew && editor.draft !== null && isSame(changesOf(before, editor.draft), nothing) ? 'Nothing has changed.' : null
}

const Faults = ({ faults }: { faults: readonly VngFault[] }) =>
  faults.length === 0 ? null : (
    <Notice tone="error" role="alert" title="Fields that the form does not show are not valid.">
      {faults.map(({ path, message }) => (
        <span key={`${path} ${message}`} className="block">
          {path}: {message}
        </span>
      ))}
    </Notice>
  )

const useSaving = ({ clusterId, vngId, onClose, onSaved }: VngEditorProps, before: VngDraft, editor: VngEditor) => {
  const client = useQueryClient()
  const [unplaced, setUnplaced] = useState<readonly VngFault[]>([])
  const save = useMutation({
    mutationFn: (draft: VngDraft) => saveVng(client, clusterId, vngId, changesOf(before, draft)),
    onMutate: () => setUnplaced([]),
    onSuccess: (saved) => {
      toast({ tone: 'done', title: vngId === null ? `${saved.name} is created` : `${saved.name} is changed` })
      onClose()
      onSaved?.(saved)
    },
    onError: (error) => setUnplaced(editor.refuse(asProblem(error).issues)),
  })
  return { save, unplaced }
}

/** What saving would do to nodes; worked out anew only when something changed that could matter to one. */
const useRadius = ({ vngId, groups, nodes }: VngEditorProps, draft: VngDraft | null): BlastRadius | null => {
  const part = draft === null ? null : JSON.stringify(decidingPartOf(draft))
  return useMemo(() => (part === null ? null : radiusOf(JSON.parse(part) as VngDraft, vngId, { groups, nodes })), [part, vngId, groups, nodes])
}

const SaveError = ({ error, unplaced }: { error: ProblemError; unplaced: readonly VngFault[] }) => (
  <>
    <FormError error={error} />
    {unplaced.map(({ path, message }) => (
      <p key={`${path} ${message}`} className="text-xs font-medium text-failed">
        {message}
      </p>
    ))}
  </>
)

/** Makes or changes a group: form and JSON of one object, and what saving it would do. */
export const VngEditorDrawer = (props: VngEditorProps) => {
  const { clusterId, keptAs, vngId, start, notes, groups, takenNames, nodes, onClose } = props
  const { template } = groups
  const isNew = vngId === null
  const left = useLeftForm(keptAs)
  const [beginning] = useState(() => beginningOf(props.before, start, left))
  const { before } = beginning
  const editor = useVngEditor(beginning, { before, isNew, takenNames, template })
  const { save, unplaced } = useSaving(props, before, editor)
  const refusal = useQuery(vngRefusalQuery(clusterId)).data ?? null
  const [isLeaving, setLeaving] = useState(false)
  const isTouched = editor.draft === null || !isSame(editor.draft, start)
  useKeptForm(keptAs, isTouched ? typedIn(before, editor) : null)
  const show = (view: VngView) => void (view === 'json' ? editor.showJson() : editor.showForm())
  const radius = useRadius(props, editor.draft)
  const outcome = shortOutcome({ before, draft: editor.draft, nodes, vngId, radius })
  // Asked to close again while it asks back, it goes on: a second Escape must not discard.
  const close = () => (isTouched ? setLeaving(!isLeaving) : onClose())
  const title = isNew ? 'New virtual node group' : `Change ${typeof before.name === 'string' ? before.name : vngId}`
  return (
    <Drawer
      isOpen
      onClose={close}
      title={title}
      description="Whatever is left empty comes from the cluster’s template."
      footer={
        isLeaving ? (
          <>
            <p role="alert" className="mr-auto max-sm:basis-full">
              What you entered is not saved.
            </p>
            <Button onClick={() => setLeaving(false)}>Go on editing</Button>
            <Button variant="danger" onClick={onClose}>
              Discard
            </Button>
          </>
        ) : (
          <>
            {outcome === null ? null : <p className="mr-auto font-medium max-sm:basis-full">{outcome}</p>}
            <Button onClick={close}>Cancel</Button>
            <Button variant="primary" isBusy={save.isPending} disabledReason={whyNotSaved(editor, before, isNew, refusal)} onClick={() => editor.submit((draft) => save.mutate(draft))}>
              {isNew ? 'Create group' : 'Save changes'}
            </Button>
          </>
        )
      }
    >
      <div className="flex flex-col gap-4">
        {beginning.hasMoved ? <Notice>{movedNote}</Notice> : null}
        {notes.map((note) => (
          <Notice key={note}>{note}</Notice>
        ))}
        <Tabs
          label="Views of the group"
          value={editor.view}
          onChange={show}
          tabs={[
            { id: 'form', label: 'Form', content: <VngForm form={editor.form} template={template} isNew={isNew} /> },
            { id: 'json', label: 'JSON', content: <VngJsonView text={editor.text} faults={editor.jsonFaults} onChange={editor.setText} /> },
          ]}
        />
        <Faults faults={editor.hiddenFaults} />
        <section aria-label="What saving does">
          <h3 className="mb-1 font-semibold">What saving does</h3>
          {editor.draft === null ? <p className="text-text-2">Shown once the JSON can be read.</p> : null}
          {editor.draft !== null && isNew ? <VngCoverage nodes={nodes} radius={radius} /> : null}
          {editor.draft !== null && !isNew ? <VngChangeList before={before} draft={editor.draft} template={template} nodes={nodes} vngId={vngId} radius={radius} /> : null}
        </section>
        {save.error ? <SaveError error={asProblem(save.error)} unplaced={unplaced} /> : null}
      </div>
    </Drawer>
  )
}
