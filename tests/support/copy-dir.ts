import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Copies a directory as it is. The system's own cp: that of Node costs eight times as much for a thousand small files. */
export const copyDir = async (from: string, to: string): Promise<void> => {
  await promisify(execFile)('cp', ['-r', from, to])
}
