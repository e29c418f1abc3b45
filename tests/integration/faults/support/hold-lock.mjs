// Takes the lock of a data directory, says so, and keeps it until its input ends.
import { takeLock } from '../../../../lib/db/embedded/lock.mjs'

try {
  await takeLock(process.argv[2])
  process.stdout.write('held\n')
  process.stdin.resume().once('end', () => process.exit(0))
} catch (error) {
  process.stdout.write(`${error.message}\n`)
  process.exit(1)
}
