'use client'

import { themes, themeWords } from '@/components/layout/theme'
import { useTheme } from '@/components/layout/use-theme'

export const ThemeChoice = () => {
  const { theme, choose } = useTheme()
  return (
    <fieldset className="flex flex-wrap gap-4">
      <legend className="mb-2 text-text-2">Kept in this browser.</legend>
      {themes.map((option) => (
        <label key={option} className="flex items-center gap-2">
          <input type="radio" name="theme" value={option} checked={theme === option} onChange={() => choose(option)} className="size-4 accent-accent" />
          {themeWords[option]}
        </label>
      ))}
    </fieldset>
  )
}
