import { BoxField } from '@/components/form/switch-field'
import { Card } from '@/components/ui/card'

const kept = 'A sealed copy of your token stays on the server for this run alone and is removed within an hour of its end. You can take it back on the run’s page at any time.'
const refused = 'The run is then recorded only while someone has its page open; what happens in between shows as a gap. The migration itself goes on either way.'

/** Whether the starter lends their sign-in to the record of the run: what is kept, until when, and what a refusal means. */
export const RecordingChoice = ({ isKept, onChange }: { isKept: boolean; onChange: (isKept: boolean) => void }) => (
  <Card title="Record of the run">
    <BoxField label="Keep recording with my sign-in after I close the page" help={isKept ? kept : refused} isChecked={isKept} onChange={onChange} />
  </Card>
)
