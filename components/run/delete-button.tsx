'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { DeleteRunDialog } from '@/components/domain/delete-run-dialog'
import { Button } from '@/components/ui/button'
import { routes } from '@/lib/routes'

/** Deletes the record of a run that is over, after its id was typed; then the list is shown. */
export const DeleteButton = ({ clusterId, migrationId }: { clusterId: string; migrationId: string }) => {
  const router = useRouter()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Delete</Button>
      {isOpen ? <DeleteRunDialog clusterId={clusterId} migrationId={migrationId} onClose={() => setOpen(false)} onDeleted={() => router.push(routes.runs(clusterId))} /> : null}
    </>
  )
}
