import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { randomBytes } from 'node:crypto'
import { makeDataDir } from '@/tests/support/database'

const diskMb = 64

const isMountedAt = (place: string): boolean => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskMb}m,mode=0700`, 'tmpfs', place], { stdio: 'ignore' })
    return true
  } catch {
    rmSync(place, { recursive: true, force: true })
    return false
  }
}

/** A small disk of one's own with a place for an empty database on it; `skipped` says why where this user may not mount one. */
export const mountSmallDisk = () => {
  const place = mkdtempSync(path.join(tmpdir(), 'slipway-disk-'))
  const isMounted = isMountedAt(place)
  const ballast = path.join(place, 'ballast')
  const freeBytes = () => Number(execFileSync('df', ['--output=avail', '-B1', place], { encoding: 'utf8' }).split('\n')[1])
  return {
    isMounted,
    skipped: isMounted ? '' : ' (skipped: this user may not mount a small one)',
    dataDir: path.join(place, 'data'),
    prepare: async () => {
      const made = await makeDataDir()
      cpSync(made, path.join(place, 'data'), { recursive: true })
      rmSync(made, { recursive: true, force: true })
    },
    /** Leaves so many bytes free. */
    fill: (spareBytes: number) => writeFileSync(ballast, randomBytes(Math.max(0, freeBytes() - spareBytes)), { flag: 'a' }),
    free: () => rmSync(ballast),
    remove: () => {
      execFileSync('umount', [place])
      rmSync(place, { recursive: true, force: true })
    },
  }
}
