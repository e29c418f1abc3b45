'use client'

import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Name } from '@/components/ui/name'
import type { RecordingsAnswer } from '@/lib/contract/session'
import { counted } from '@/lib/format/plural'

type SignOutDialogProps = {
  recordings: RecordingsAnswer['recordings']
  isBusy: boolean
  onClose: () => void
  onLeave: (isWithdrawing: boolean) => void
}

/** Runs that are recorded keep a copy of the token: said before signing out, with the way to take it back. */
export const SignOutDialog = ({ recordings, isBusy, onClose, onLeave }: SignOutDialogProps) => (
  <Dialog
    isOpen={recordings.length > 0}
    onClose={onClose}
    title="Sign out while a run is recorded"
    description={`${counted(recordings.length, 'run is', 'runs are')} recorded with your token. Each keeps a sealed copy of it until the run ends, so that nothing of it is lost.`}
    footer={
      <>
        <Button variant="danger" isBusy={isBusy} onClick={() => onLeave(true)}>
          Take the copies back and sign out
        </Button>
        <Button variant="primary" isBusy={isBusy} onClick={() => onLeave(false)}>
          Sign out, go on recording
        </Button>
      </>
    }
  >
    <ul className="mb-2">
      {recordings.map(({ clusterId, migrationId }) => (
        <li key={`${clusterId} ${migrationId}`}>
          <Name>{migrationId}</Name>
        </li>
      ))}
    </ul>
    <p className="text-text-2">Taken back, the record shows a gap until somebody who is signed in opens the run. The migration itself goes on either way.</p>
  </Dialog>
)
