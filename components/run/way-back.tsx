'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Button } from '@/components/ui/button'

const RollbackKit = dynamic(() => import('./rollback-kit').then((file) => file.RollbackKit), { ssr: false })

/** The steps that undo a run, from what was recorded before it. They load when they are asked for. */
export const WayBack = (props: { clusterId: string; migrationId: string }) => {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Way back</Button>
      {isOpen ? <RollbackKit {...props} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
