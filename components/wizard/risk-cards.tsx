import { BoxField } from '@/components/form/switch-field'
import { Card } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { Review } from './use-review'

/** The risks that apply, each acknowledged on its own. */
export const RiskCard = ({ review: { risks, acknowledged, acknowledge } }: { review: Review }) =>
  risks.length === 0 ? null : (
    <Card title="Risks" aside="acknowledge each">
      <div className="grid gap-2.5">
        {risks.map(({ id, sentence }) => (
          <BoxField key={id} label={sentence} isChecked={acknowledged.has(id)} onChange={(isOn) => acknowledge(id, isOn)} />
        ))}
      </div>
    </Card>
  )

/** Asks for the cluster's name where old nodes are deleted and budgets are ignored at once. */
export const NameCard = ({ review: { name } }: { review: Review }) =>
  name === null ? null : (
    <Card title="Confirm the cluster">
      <Field
        className="max-w-96"
        label="Name of the cluster"
        help={
          <>
            Old nodes are deleted and budgets are ignored at once. Type <strong className="inline-block max-w-full font-mono font-semibold text-text [overflow-wrap:anywhere]">{name.expected}</strong> to confirm that this is the cluster you mean.
          </>
        }
      >
        {(wiring) => <Input {...wiring} value={name.typed} autoComplete="off" spellCheck={false} onChange={({ target }) => name.type(target.value)} />}
      </Field>
    </Card>
  )
