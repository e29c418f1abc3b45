'use client'

import { useQuery } from '@tanstack/react-query'
import { LogOut, Settings } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/dropdown-menu'
import { visibleText } from '@/lib/format/safe-text'
import { sessionQuery } from '@/lib/queries/session'
import { routes } from '@/lib/routes'
import { useSignOut } from './use-sign-out'

export const AccountMenu = () => {
  const router = useRouter()
  const { data } = useQuery(sessionQuery())
  const leave = useSignOut()
  const accountId = data?.accountId ?? 'Account'
  return (
    <>
      <DropdownMenu
        align="end"
        trigger={
          <Button className="max-w-40 px-2 font-mono text-xs font-normal">
            <span className="truncate">{accountId}</span>
          </Button>
        }
      >
        {data ? (
          <MenuLabel>
            <span className="block text-sm text-text">{visibleText(data.displayName)}</span>
            {data.accountName ? visibleText(data.accountName) : data.accountId}
          </MenuLabel>
        ) : null}
        <MenuItem icon={<Settings aria-hidden />} onSelect={() => router.push(routes.settings())}>
          Settings
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<LogOut aria-hidden />} onSelect={() => leave.signOut()}>
          Sign out
        </MenuItem>
      </DropdownMenu>
      {leave.dialog}
    </>
  )
}
