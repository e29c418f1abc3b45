import { runStages, whole } from '../../../../scripts/lib/stages.mjs'

const counts = (passed, failures, skipped = []) => async () => ({ passed, failures, skipped })

const planned = {
  clean: [
    ['types', whole(async () => true)],
    ['unit', counts(12, [])],
  ],
  broken: [
    ['types', whole(async () => false)],
    ['unit', counts(12, ['a batch ends at its time: expected 3 to be 2', 'a hold is kept'], ['a full disk (skipped: this user may not mount one)'])],
    ['build', whole(() => Promise.reject(new Error('no space left')))],
    ['browser', counts(5, [])],
  ],
}

process.exit(await runStages(planned[process.argv[2]]))
