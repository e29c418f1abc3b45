import { migrationParams } from '@/lib/contract/params'
import { recordingRequest } from '@/lib/contract/recording'
import { route } from '@/lib/http/route'
import { getRecording, setRecording } from '@/lib/services/recording-consent'

export const GET = route({ params: migrationParams }, ({ ctx, params }) => getRecording({ ctx, input: params }))

export const PUT = route({ params: migrationParams, body: recordingRequest }, ({ ctx, params, body }) => setRecording({ ctx, input: { ...params, ...body } }))
