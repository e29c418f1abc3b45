'use client'

import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { routes } from '@/lib/routes'

const DeleteRunDialog = dynamic(() => import('@/components/domain/delete-run-dialog').then((file) => file.DeleteRunDialog), { ssr: false })

type DeleteButtonProps = { clusterId: string; migrationId: string; disabledReason: string | null }

/** Deletes the record of a run that is over, after its id was typed; then the list is shown. */
export const DeleteButton = ({ clusterId, migrationId, disabledReason }: DeleteButtonProps) => {
  const router = useRouter()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button disabledReason={disabledReason} onClick={() => setOpen(true)}>
        Delete
      </Button>
      {isOpen ? <DeleteRunDialog clusterId={clusterId} migrationId={migrationId} onClose={() => setOpen(false)} onDeleted={() => router.push(routes.runs(clusterId))} /> : null}
    </>
  )
}
