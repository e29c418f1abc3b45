import { signaturesOf, type NodeToMatch, type Signature } from '@/lib/domain/matching/signature'
import { vng as vngSchema, vngSpec, type Vng, type VngSpec } from '@/lib/spot/schemas/vng'

/** Builders for what matching looks at; each takes what the test is about, in the API's own form. */

export const node = (nodeName: string, change: Partial<NodeToMatch> = {}): NodeToMatch => ({
  nodeName,
  labels: {},
  taints: [],
  virtualNodeGroupId: null,
  vmSize: 'Standard_D4s_v5',
  availabilityZone: '1',
  operatingSystem: 'linux',
  architecture: 'amd64',
  allocatableGpu: 0,
  ...change,
})

export const vng = (id: string, body: Record<string, unknown> = {}): Vng => vngSchema.parse({ id, name: id, ...body })

export const template = (body: Record<string, unknown> = {}): VngSpec => vngSpec.parse({ availabilityZones: ['1', '2', '3'], ...body })

export const signature = (change: Partial<NodeToMatch> = {}, version?: string): Signature =>
  signaturesOf([node('node-a', change)], version === undefined ? undefined : new Map([['node-a', version]]))[0] as Signature
