import { runStages, whole } from '../../../../scripts/lib/stages.mjs'

const counts = (passed, failed, skipped = []) => async () => ({ passed, failed, skipped })

const planned = {
  clean: [
    ['types', whole(async () => true)],
    ['unit', counts(12, 0)],
  ],
  broken: [
    ['types', whole(async () => false)],
    ['unit', counts(12, 2, ['a full disk (skipped: this user may not mount one)'])],
    ['build', whole(() => Promise.reject(new Error('no space left')))],
    ['browser', counts(5, 0)],
  ],
}

process.exit(await runStages(planned[process.argv[2]]))
