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
        {risks.map((risk) => (
          <BoxField key={risk.id} label={risk.sentence} isChecked={acknowledged.has(risk.id)} onChange={(isOn) => acknowledge(risk, isOn)} />
        ))}
      </div>
    </Card>
  )

/** Asks for the cluster's name where old nodes are deleted and budgets are ignored at once. */
export const NameCard = ({ review: { name }, clusterTitle }: { review: Review; clusterTitle: string }) =>
  name === null ? null : (
    <Card title="Confirm the cluster">
      <Field
        className="max-w-96"
        label="Name of the cluster"
        help={
          <>
            Old nodes are deleted and budgets are ignored at once. Type <strong className="inline-block max-w-full font-mono font-semibold text-text [overflow-wrap:anywhere]">{name.expected}</strong> to confirm that you mean <span className="inline-block max-w-full">{clusterTitle}</span>.
          </>
        }
      >
        {(wiring) => <Input {...wiring} value={name.typed} autoComplete="off" spellCheck={false} onChange={({ target }) => name.type(target.value)} />}
      </Field>
    </Card>
  )
