'use client'

import { SunMoon } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { DropdownMenu, MenuLabel, MenuRadio } from '@/components/ui/dropdown-menu'
import { themes, themeWords } from './theme'
import { useTheme } from './use-theme'

const options = themes.map((theme) => ({ value: theme, label: themeWords[theme] }))

export const ThemeMenu = () => {
  const { theme, choose } = useTheme()
  return (
    <DropdownMenu align="end" trigger={<Button variant="quiet" size="icon" aria-label="Theme" icon={<SunMoon aria-hidden />} />}>
      <MenuLabel>Theme</MenuLabel>
      <MenuRadio label="Theme" value={theme} options={options} onChange={choose} />
    </DropdownMenu>
  )
}
